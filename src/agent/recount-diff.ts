/** A diff whose hunks tell how many lines they have: agents miscount, and what a hunk holds stands in its lines. */

const head = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/s;

export function recounted(diff: string): string {
  const lines = diff.split('\n');
  return lines.map((line, index) => withCounts(line, index, lines)).join('\n');
}

/** Any line that is no hunk's head, and the head of an empty one, stays as it is. */
function withCounts(line: string, index: number, lines: readonly string[]): string {
  const parts = head.exec(line);
  if (!parts) return line;
  const own = hunkLines(lines.slice(index + 1));
  if (own.length === 0) return line;
  const [, from, to, rest] = parts;
  const before = own.filter(each => !each.startsWith('+')).length;
  const after = own.filter(each => !each.startsWith('-')).length;
  return `@@ -${from},${before} +${to},${after} @@${rest}`;
}

/** An empty line is one of context whose blank was lost, but for those at the end. */
function hunkLines(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line, index) => !isOfHunk(line) || isFile(line, lines[index + 1]));
  const own = end < 0 ? lines : lines.slice(0, end);
  const last = own.findLastIndex(line => line.trim() !== '');
  return own.slice(0, last + 1).filter(line => !line.startsWith('\\'));
}

function isOfHunk(line: string): boolean {
  return /^(?:[-+ \\]|\r?$)/.test(line);
}

/** A removed line may begin with `--` by itself. */
function isFile(line: string, next: string | undefined): boolean {
  return line.startsWith('--- ') && (next?.startsWith('+++ ') ?? false);
}
