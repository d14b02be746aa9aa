/**
 * SQL cut into words, however broken: what is not closed goes on to the end of the text. PostgreSQL's own scanner gives
 * nothing for a text with an open quote, which is what a half-typed statement is.
 */
import type { TextRange } from '../../base/range.ts';

export interface SqlWord extends TextRange {
  readonly kind: 'name' | 'quoted' | 'string' | 'number' | 'parameter' | 'symbol' | 'comment';
  /** A name as PostgreSQL folds it: lower case, or what stands between the quotes. Else as written. */
  readonly text: string;
  /** False for a literal, a quoted name or a comment that the text ends in. */
  readonly closed: boolean;
}

const pattern = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<comment>--[^\n]*|/\*[\s\S]*?(?:\*/|$))`,
    String.raw`(?<string>[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*(?:'|$))`,
    String.raw`(?<dollar>\$(?<tag>[A-Za-z_]\w*|)\$[\s\S]*?(?:\$\k<tag>\$|$))`,
    '(?<quoted>(?:[uU]&)?"(?:[^"]|"")*(?:"|$))',
    String.raw`(?<parameter>\$\d+|%\(\w+\)s|%s|(?<![:\w]):[A-Za-z_]\w*)`,
    String.raw`(?<name>[\p{L}_][\p{L}\p{N}_$]*)`,
    String.raw`(?<number>\d[\w.]*)`,
    String.raw`(?<symbol>::|:=|=>|[\s\S])`,
  ].join('|'),
  'yu',
);

/** Comments among them, white space left out. */
export function sqlWords(text: string): readonly SqlWord[] {
  const words: SqlWord[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const word = wordOf(match, match.groups ?? {});
    if (word) words.push(word);
  }
  return words;
}

function wordOf(
  match: RegExpExecArray,
  groups: Readonly<Record<string, string | undefined>>,
): SqlWord | null {
  const [written] = match;
  const range = { start: match.index, end: match.index + written.length };
  if (groups.space !== undefined) return null;
  if (groups.comment !== undefined) {
    const closed = written.startsWith('--')
      ? match.input[range.end] === '\n'
      : /^\/\*[\s\S]*\*\/$/.test(written);
    return { kind: 'comment', text: written, closed, ...range };
  }
  if (groups.string !== undefined)
    return { kind: 'string', text: written, closed: isClosed(written, "'"), ...range };
  if (groups.dollar !== undefined) {
    const tag = `$${groups.tag ?? ''}$`;
    const closed = written.length >= 2 * tag.length && written.endsWith(tag);
    return { kind: 'string', text: written, closed, ...range };
  }
  if (groups.quoted !== undefined) {
    const closed = isClosed(written, '"');
    const text = written.slice(written.indexOf('"') + 1, closed ? -1 : undefined).replaceAll('""', '"');
    return { kind: 'quoted', text, closed, ...range };
  }
  if (groups.parameter !== undefined) return { kind: 'parameter', text: written, closed: true, ...range };
  if (groups.name !== undefined) return { kind: 'name', text: written.toLowerCase(), closed: true, ...range };
  const kind = groups.number === undefined ? 'symbol' : 'number';
  return { kind, text: written, closed: true, ...range };
}

/** An odd number of quotes at the end closes; two stand for one. */
function isClosed(written: string, quote: string): boolean {
  const body = written.slice(written.indexOf(quote) + 1);
  return (body.match(new RegExp(`${quote}+$`))?.[0].length ?? 0) % 2 === 1;
}
