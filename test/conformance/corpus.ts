/**
 * `npm run corpus -- FOLDER…`: runs the built command line over projects that were not written with us in mind, and
 * writes figures only to `RESULTS.md`: how much was understood, what was found, how long it took, and how much of it is
 * false by `precision-labels.tsv`. `--findings FILE` writes the findings themselves, `--unlabelled FILE` those that nobody
 * has looked at. `--answers FOLDER` takes what the command line has said before, in place of running it, and
 * writes what of it is false alone: how long that took is not known.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type CorpusCheck, checkedBefore, checkProject } from './check-project.ts';
import { lookedAt, precisionReport, unlabelled } from './precision.ts';
import { percent, type Section, table, writeSection } from './results.ts';

const { values, positionals } = parseArgs({
  options: { findings: { type: 'string' }, unlabelled: { type: 'string' }, answers: { type: 'string' } },
  allowPositionals: true,
});
if (positionals.length === 0) throw new Error('Name the folders of some projects.');

const projects = positionals.map(folder => {
  const path = resolve(folder);
  const answer = values.answers === undefined ? checkProject(path) : checkedBefore(path, values.answers);
  const lines = linesOf(path);
  console.log(`${basename(path)}: ${answer.findings.length} findings in ${lines} lines`);
  return { name: basename(path), path, answer, lines };
});
const sum = (pick: (project: (typeof projects)[number]) => number) =>
  projects.reduce((total, project) => total + pick(project), 0);
const severe = (answer: CorpusCheck, severity: string) =>
  answer.findings.filter(each => each.severity === severity).length;

if (values.answers === undefined) writeSection(coverageSection());
const checked = projects.map(({ answer, ...project }) => ({ ...project, findings: answer.findings }));
const looked = lookedAt(checked);
writeSection({
  name: 'precision',
  title: 'What of it is false',
  versions: [`Node.js ${process.versions.node}`],
  body: precisionReport(checked, looked),
});
if (values.unlabelled !== undefined) writeFileSync(values.unlabelled, unlabelled(looked));
if (values.findings !== undefined) {
  const listed = projects.flatMap(({ path, name, answer }) =>
    answer.findings.map(({ rule, severity, file, range, message }) => ({
      project: name,
      rule,
      severity,
      file: file.slice(path.length + 1),
      line: range.start.line,
      message,
    })),
  );
  writeFileSync(values.findings, `${JSON.stringify(listed, null, 1)}\n`);
}

function coverageSection(): Section {
  return {
    name: 'corpus',
    title: 'Real projects, recommended preset',
    versions: [`Node.js ${process.versions.node}`],
    body: [
      table(
        [
          'project',
          'files',
          'lines',
          'statements',
          'checked',
          'SQL texts',
          'checked',
          'errors',
          'warnings',
          's',
        ],
        [
          ...projects.map(({ name, answer, lines }) => [
            name,
            answer.files,
            lines,
            answer.coverage.statements.total,
            percent(answer.coverage.statements.checked, answer.coverage.statements.total),
            answer.coverage.sql.total,
            percent(answer.coverage.sql.checked, answer.coverage.sql.total),
            severe(answer, 'error'),
            severe(answer, 'warning'),
            (answer.durationMs / 1000).toFixed(1),
          ]),
          [
            'all',
            sum(({ answer }) => answer.files),
            sum(({ lines }) => lines),
            sum(({ answer }) => answer.coverage.statements.total),
            percent(
              sum(({ answer }) => answer.coverage.statements.checked),
              sum(({ answer }) => answer.coverage.statements.total),
            ),
            sum(({ answer }) => answer.coverage.sql.total),
            percent(
              sum(({ answer }) => answer.coverage.sql.checked),
              sum(({ answer }) => answer.coverage.sql.total),
            ),
            sum(({ answer }) => severe(answer, 'error')),
            sum(({ answer }) => severe(answer, 'warning')),
            '',
          ],
        ],
      ),
      '',
      table(['rule', 'findings', 'projects'], byRule()),
    ].join('\n'),
  };
}

function linesOf(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.py'))
    .reduce(
      (total, entry) =>
        total + readFileSync(join(entry.parentPath, entry.name)).filter(byte => byte === 10).length,
      0,
    );
}

function byRule(): readonly (readonly (string | number)[])[] {
  const counts = new Map<string, { findings: number; projects: Set<string> }>();
  for (const { name, answer } of projects) {
    for (const { rule } of answer.findings) {
      const count = counts.get(rule) ?? { findings: 0, projects: new Set() };
      count.findings += 1;
      count.projects.add(name);
      counts.set(rule, count);
    }
  }
  return [...counts]
    .sort(([, one], [, two]) => two.findings - one.findings)
    .map(([rule, count]) => [`\`${rule}\``, count.findings, count.projects.size]);
}
