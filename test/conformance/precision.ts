/**
 * What is found in real projects, joined with what looking at each finding gave: `precision-labels.tsv`, one line a finding
 * with project, version, path, rule, key, label, how it was looked at, and why. A key is the hash of the line of source that
 * the finding stands in, so that a label holds while that line does. A criterion is one of `precision-criteria.py`, which
 * reads the project by Python's own parser.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { CorpusFinding } from './check-project.ts';
import { table } from './results.ts';

export interface CheckedProject {
  /** The folder's name, with the version that a source distribution has there. */
  readonly name: string;
  readonly path: string;
  readonly lines: number;
  readonly findings: readonly CorpusFinding[];
}

type Verdict = 'true' | 'false' | 'doubtful';

interface Label {
  readonly verdict: Verdict;
  readonly how: 'read' | 'criterion';
}

interface Looked {
  readonly project: string;
  readonly finding: CorpusFinding;
  /** As it stands in the labels: project, path, rule and key. */
  readonly row: readonly [string, string, string, string];
  /** Null where nobody has looked. */
  readonly label: Label | null;
}

/** Every finding in order, with its label. */
export function lookedAt(projects: readonly Pick<CheckedProject, 'path' | 'findings'>[]): readonly Looked[] {
  const labels = readLabels();
  return projects.flatMap(project => {
    const name = nameOf(project);
    const seen = new Map<string, number>();
    return project.findings.map(finding => {
      const path = relative(project.path, finding.file);
      const place = [path, finding.rule, lineOf(finding)].join('\0');
      const count = (seen.get(place) ?? 0) + 1;
      seen.set(place, count);
      const row = [name, path, finding.rule, hash(`${place}\0${count}`)] as const;
      return { project: name, finding, row, label: labels.get(row.join('\t')) ?? null };
    });
  });
}

/** Those that nobody has looked at, as lines to be filled in, with the message and the source after them. */
export function unlabelled(all: readonly Looked[]): string {
  return all
    .filter(({ label }) => label === null)
    .map(({ row, finding }) => {
      const { severity, message, range } = finding;
      return [...row, severity, range.start.line, message, lineOf(finding)].join('\t');
    })
    .join('\n');
}

/** Markdown. */
export function precisionReport(projects: readonly CheckedProject[], all: readonly Looked[]): string {
  const lines = projects.reduce((total, each) => total + each.lines, 0);
  const read = all.filter(({ label }) => label?.how === 'read').length;
  const byCriterion = all.filter(({ label }) => label?.how === 'criterion').length;
  const wrongErrors = all.filter(
    ({ finding, label }) => finding.severity === 'error' && label?.verdict === 'false',
  );
  return [
    `${all.length} findings in ${lines} lines of Python of ${projects.length} projects; ${read} were read one by one,`,
    `${byCriterion} held against a stated criterion, ${all.length - read - byCriterion} not looked at.`,
    `False are ${count(all, 'false')}, ${per(count(all, 'false'), lines)} in 10,000 lines; of severity error ${wrongErrors.length}.`,
    '',
    table(
      ['project', 'lines', ...columns, 'false in 10,000 lines'],
      projects.map(project => {
        const own = all.filter(each => each.project === nameOf(project));
        return [project.name, project.lines, ...figures(own), per(count(own, 'false'), project.lines)];
      }),
    ),
    '',
    table(['rule', ...columns], byRule(all)),
  ].join('\n');
}

const columns = ['findings', 'errors', 'true', 'doubtful', 'false', 'not looked at'];

function figures(all: readonly Looked[]): readonly number[] {
  const errors = all.filter(({ finding }) => finding.severity === 'error').length;
  const verdicts = (['true', 'doubtful', 'false'] as const).map(verdict => count(all, verdict));
  return [all.length, errors, ...verdicts, all.filter(({ label }) => label === null).length];
}

function byRule(all: readonly Looked[]): readonly (readonly (string | number)[])[] {
  return [...new Set(all.map(({ finding }) => finding.rule))]
    .map(rule => ({ rule, found: all.filter(({ finding }) => finding.rule === rule) }))
    .sort((one, two) => two.found.length - one.found.length)
    .map(({ rule, found }) => [`\`${rule}\``, ...figures(found)]);
}

function count(all: readonly Looked[], verdict: Verdict): number {
  return all.filter(({ label }) => label?.verdict === verdict).length;
}

function per(found: number, lines: number): string {
  return ((10_000 * found) / Math.max(1, lines)).toFixed(2);
}

function readLabels(): ReadonlyMap<string, Label> {
  const [, ...rows] = readFileSync(join(import.meta.dirname, 'precision-labels.tsv'), 'utf8')
    .trim()
    .split('\n');
  return new Map(
    rows.map(row => {
      const [project, , path, rule, key, verdict, how] = row.split('\t');
      return [[project, path, rule, key].join('\t'), { verdict, how } as Label];
    }),
  );
}

/** Of its folder, without a version. */
export function nameOf({ path }: Pick<CheckedProject, 'path'>): string {
  return basename(path).replace(/-\d[\d.]*$/, '');
}

function lineOf({ file, range }: CorpusFinding): string {
  return readFileSync(file, 'utf8').split('\n')[range.start.line - 1]?.trim() ?? '';
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
