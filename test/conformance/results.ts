/** `RESULTS.md`: figures that scripts write, each script its own section, with the date and the versions it ran with. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, 'RESULTS.md');
const introduction = `# Results

Written by scripts, never by hand: \`npm run conformance\`, \`npm run conformance:recall\`, \`npm run conformance:models --
FOLDER…\`, \`npm run conformance:statements -- FOLDER…\`, \`npm run conformance:convert -- FOLDER…\`, \`npm run corpus --
FOLDER…\`, \`node test/conformance/drift.ts FOLDER…\` and \`node test/conformance/migration-findings.ts FOLDER…\` replace
their own sections.
`;

export interface Section {
  readonly name: string;
  readonly title: string;
  /** What it ran with: \`SQLAlchemy 2.1.1\`, \`Node.js 24\`. */
  readonly versions: readonly string[];
  /** Markdown. */
  readonly body: string;
}

export function writeSection({ name, title, versions, body }: Section): void {
  const text = `${introduction}\n${writtenBefore()}`;
  const [open, close] = [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`];
  const date = new Date().toISOString().slice(0, 10);
  const section = `${open}\n## ${title}\n\n${date}, ${versions.join(', ')}\n\n${body.trim()}\n${close}`;
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  writeFileSync(
    file,
    start < 0 || end < start
      ? `${text.trimEnd()}\n\n${section}\n`
      : text.slice(0, start) + section + text.slice(end + close.length),
  );
}

/** All sections, without the introduction. */
function writtenBefore(): string {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const first = text.indexOf('<!-- generated:');
  return first < 0 ? '' : text.slice(first);
}

export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}
