/**
 * `node test/conformance/migration-findings.ts FOLDER…`: what the migration rules find in the environments of real projects
 * (run by the built command line), how many of a sample were read by a person, and how many of those are false. Writes its
 * section of `RESULTS.md`. `--show` prints those of the sample that nobody has labelled yet, with their code.
 *
 * The sample is the findings whose key has the smallest hash, so that it stays the same while other findings come and go.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rules } from '../../src/rules/registry.ts';
import { type CorpusFinding, checkProject } from './check-project.ts';
import { percent, table, writeSection } from './results.ts';

/** By key: true, or why the finding is false. */
type Labels = Readonly<Record<string, true | string>>;

interface KeyedFinding extends CorpusFinding {
  readonly project: string;
  /** `project/file#rule#number`, the number counting within the file and rule: it holds while the file stays the same. */
  readonly key: string;
}

const sampleSize = 300;
const labels = JSON.parse(readFileSync(join(import.meta.dirname, 'migration-labels.json'), 'utf8')) as Labels;
const migrationRules = new Set(rules.filter(rule => rule.category === 'migration').map(rule => rule.id));
const { values, positionals } = parseArgs({
  options: { show: { type: 'boolean', default: false } },
  allowPositionals: true,
});
if (positionals.length === 0) throw new Error('Name the folders of some projects.');

const projects = positionals.map(folder => {
  const path = resolve(folder);
  const name = basename(path).replace(/-\d[\d.]*$/, '');
  const { findings, coverage } = checkProject(path, ['--schema', 'none']);
  console.log(`${name}: ${coverage.migrations.total} revisions`);
  return { name, path, revisions: coverage.migrations.total, findings: keyed(name, findings) };
});
const all = projects.flatMap(({ findings }) => findings);
const sample = [...all].sort((a, b) => (hash(a) < hash(b) ? -1 : 1)).slice(0, sampleSize);
if (values.show) for (const finding of sample) if (!(finding.key in labels)) show(finding);

const verdicts = sample.flatMap(({ key }) => labels[key] ?? []);
const wrong = verdicts.filter(verdict => verdict !== true);
writeSection({
  name: 'migration-findings',
  title: 'Findings about migrations of real projects',
  versions: [`Node.js ${process.versions.node}`],
  body: [
    `${all.length} findings of the recommended preset in ${sum(projects.map(each => each.revisions))} revisions of ${projects.length} projects.`,
    `Of a sample of ${sample.length}, ${verdicts.length} were read and labelled (\`migration-labels.json\`):`,
    `${wrong.length} false, ${percent(wrong.length, verdicts.length)}.`,
    '',
    table(
      ['project', 'revisions', 'errors', 'warnings', 'hints about what has run'],
      projects.map(({ name, revisions, findings }) => [
        name,
        revisions,
        ...['error', 'warning', 'hint'].map(
          severity => findings.filter(each => each.severity === severity).length,
        ),
      ]),
    ),
    '',
    table(['rule', 'findings', 'read', 'false'], byRule()),
  ].join('\n'),
});

function keyed(project: string, findings: readonly CorpusFinding[]): readonly KeyedFinding[] {
  const counts = new Map<string, number>();
  return findings
    .filter(({ rule }) => migrationRules.has(rule))
    .map(finding => {
      const place = `${project}/${basename(finding.file)}#${finding.rule}`;
      const number = (counts.get(place) ?? 0) + 1;
      counts.set(place, number);
      return { ...finding, project, key: `${place}#${number}` };
    });
}

function hash({ key }: KeyedFinding): string {
  return createHash('sha256').update(key).digest('hex');
}

function show({ key, file, message, range }: KeyedFinding): void {
  const lines = readFileSync(file, 'utf8').split('\n');
  const { start, end } = range;
  const code = lines.slice(start.line - 2, Math.min(end.line, start.line + 5));
  console.log(
    `\n${key}\n  ${file}:${start.line}\n  ${message}\n${code.map(line => `  | ${line}`).join('\n')}`,
  );
}

function byRule(): readonly (readonly (string | number)[])[] {
  return [...migrationRules]
    .map(rule => ({ rule, findings: all.filter(each => each.rule === rule) }))
    .filter(({ findings }) => findings.length > 0)
    .sort((one, two) => two.findings.length - one.findings.length)
    .map(({ rule, findings }) => {
      const read = sample.filter(each => each.rule === rule).flatMap(({ key }) => labels[key] ?? []);
      return [`\`${rule}\``, findings.length, read.length, read.filter(verdict => verdict !== true).length];
    });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
