/**
 * What every case writes, for a reader: one page a pattern. A file that is like none before it stands whole; of another
 * the difference to its nearest neighbour is shown; of one that was there, what is changed.
 */
import { structuredPatch } from 'diff';
import type { Answers } from '../../src/scaffold/scaffold.ts';

export interface GoldenCase {
  readonly project: string;
  /** The project's package, whose name says nothing when files of two projects are compared. */
  readonly package: string | undefined;
  readonly name: string;
  readonly answers: Answers;
  readonly notes: readonly string[];
  readonly files: readonly GoldenFile[];
}

export interface GoldenFile {
  readonly path: string;
  /** Null for a new file. */
  readonly before: string | null;
  readonly text: string;
}

const introduction = `A file that no file above is like stands whole. Of any other the lines are shown in which it differs from the one that is named,
after the package of that project has been given its own name; of a file that was there before, what is changed. The projects
lie in \`test/scaffold/projects/\`, the cases in \`test/scaffold/cases/\`. These pages are never edited by hand:
\`DBPATTERNS_UPDATE_GOLDEN=1 node --test test/unit/scaffold/golden.test.ts\` writes them anew, and the same test without it
holds them against what is written.`;

export function goldenDocument(title: string, cases: readonly GoldenCase[]): string {
  const shown: ShownFile[] = [];
  const sections = cases.map(each => {
    const files = each.files.map(file => fileSection(file, each, shown));
    return [`## ${caseTitle(each)}`, answersText(each.answers), ...each.notes, ...files].join('\n\n');
  });
  return `${[`# ${title}`, introduction, ...sections].join('\n\n')}\n`;
}

/** A file that a page shows whole. */
interface ShownFile {
  readonly path: string;
  readonly text: string;
  readonly of: GoldenCase;
}

function caseTitle({ project, name }: GoldenCase): string {
  return `${name}, in ${project}`;
}

function answersText(answers: Answers): string {
  const line = JSON.stringify(answers);
  return line.length <= 100
    ? `Answers: \`${line}\``
    : `\`\`\`json\n${JSON.stringify(answers, null, 1)}\n\`\`\``;
}

function fileSection(file: GoldenFile, of: GoldenCase, shown: ShownFile[]): string {
  const { path, before, text } = file;
  if (before !== null) return `### ${path}, changed\n\n${difference(before, text)}`;
  const near = nearest(text, of, shown);
  if (near === null) {
    shown.push({ path, text, of });
    return `### ${path}\n\n\`\`\`${languageOf(path)}\n${text}\`\`\``;
  }
  const { file: other, text: base } = near;
  const place = other.of === of ? '' : ` of “${caseTitle(other.of)}”`;
  if (base === text) return `### ${path}, the same as ${other.path}${place}`;
  return `### ${path}, like ${other.path}${place}\n\n${difference(base, text)}`;
}

/** The file with which most lines are shared, as long as these are most of the lines. */
function nearest(
  text: string,
  of: GoldenCase,
  shown: readonly ShownFile[],
): { readonly file: ShownFile; readonly text: string } | null {
  const candidates = shown.map(file => {
    const base = renamed(file.text, file.of.package, of.package);
    return { file, text: base, likeness: likeness(base, text) };
  });
  const [best] = candidates.sort((a, b) => b.likeness - a.likeness);
  return best && best.likeness >= 0.6 ? best : null;
}

function renamed(text: string, from: string | undefined, to: string | undefined): string {
  return from === undefined || to === undefined
    ? text
    : text.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to);
}

/** From 0 to 1: how much of both files are lines that both have. */
function likeness(one: string, other: string): number {
  const [first, second] = [linesOf(one), linesOf(other)];
  const counts = new Map<string, number>();
  for (const line of first) counts.set(line, (counts.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of second) {
    const left = counts.get(line) ?? 0;
    if (left > 0) common += 1;
    counts.set(line, left - 1);
  }
  return (2 * common) / (first.length + second.length);
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter(line => line.trim() !== '');
}

function difference(before: string, after: string): string {
  const { hunks } = structuredPatch('a', 'b', before, after, '', '', { context: 1 });
  const texts = hunks.map(({ newStart, lines }) => `@@ line ${newStart} @@\n${lines.join('\n')}`);
  return `\`\`\`diff\n${texts.join('\n')}\n\`\`\``;
}

function languageOf(path: string): string {
  const ending = path.slice(path.lastIndexOf('.') + 1);
  return { py: 'python', ini: 'ini', toml: 'toml', mako: 'mako' }[ending] ?? '';
}
