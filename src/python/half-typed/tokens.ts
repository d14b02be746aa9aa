/**
 * A light tokenizer for code that does not parse: enough to see brackets, strings, line ends and operators, with no opinion
 * on grammar. Comments and blanks are left out. What f-strings hold is not looked into.
 */
import type { TextRange } from '../../base/range.ts';

export interface Token extends TextRange {
  readonly kind: 'name' | 'number' | 'string' | 'open' | 'close' | 'operator' | 'newline';
  readonly text: string;
  /** What an unterminated string lacks at its end; empty for all else. */
  readonly missing: string;
}

const TOKEN = new RegExp(
  [
    /(?<skipped>[ \t\f\ufeff]+|\\\r?\n|#[^\r\n]*)/,
    /(?<newline>\r?\n|\r)/,
    /(?<string>[A-Za-z]{0,2}(?<quote>"""|'''|"|'))/,
    /(?<name>[\p{L}\p{Nl}_][\p{L}\p{N}\p{M}_]*)/u,
    /(?<number>\.?\d(?:[eE][+-]|[\w.])*)/,
    /(?<open>[([{])/,
    /(?<close>[)\]}])/,
    /(?<operator>\*\*=|\/\/=|>>=|<<=|\.\.\.|[-+*/%@&|^:=<>!]=|->|\*\*|\/\/|<<|>>|.)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'suy',
);

export interface TokenOptions {
  /** Ends a string in three quotes with its first line where the lines after it look like code. */
  readonly doubtLongStrings: boolean;
}

export function* readTokens(text: string, options: TokenOptions): Generator<Token> {
  let position = 0;
  while (position < text.length) {
    TOKEN.lastIndex = position;
    const groups = TOKEN.exec(text)?.groups ?? {};
    const start = position;
    const kind = KINDS.find(name => groups[name] !== undefined);
    position = Math.max(TOKEN.lastIndex, start + 1);
    if (kind === undefined) continue;
    const body = kind === 'string' ? readStringEnd(text, position, groups.quote ?? '"', options) : null;
    const missing =
      body === null || body.closed ? '' : missingEnd(text.slice(start, body.end), groups.quote ?? '"');
    position = body?.end ?? position;
    yield { kind, start, end: position, text: text.slice(start, position), missing };
  }
}

const KINDS = ['newline', 'string', 'name', 'number', 'open', 'close', 'operator'] as const;

interface StringEnd {
  readonly end: number;
  readonly closed: boolean;
}

/** What ends a literal or must be stepped over in it: a string in single quotes also ends with its line. */
const STRING_END: Readonly<Record<string, RegExp>> = {
  '"': /"|\\\r\n|\\.|[\r\n]/gsu,
  "'": /'|\\\r\n|\\.|[\r\n]/gsu,
  '"""': /"""|\\./gsu,
  "'''": /'''|\\./gsu,
};

/** A line that hardly belongs to a string: a definition, an import or a decorator. */
const CODE_LINE =
  /[\r\n][ \t]*(?:@\w|(?:async +)?def \w+\(|class \w+[(:]|from [\w.]+ import |import \w|return\b)/u;

/** A string in three quotes that is never closed ends with its line: all that follows is more likely code. */
function readStringEnd(text: string, start: number, quote: string, options: TokenOptions): StringEnd {
  const found = findStringEnd(text, start, quote);
  const long = quote.length === 3;
  const doubted = long && options.doubtLongStrings && CODE_LINE.test(text.slice(start, found.end));
  if (found.closed && !doubted) return found;
  const lineEnd = text.slice(start, found.end).search(/[\r\n]/);
  return long && lineEnd >= 0 ? { end: start + lineEnd, closed: false } : { ...found, closed: false };
}

function findStringEnd(text: string, start: number, quote: string): StringEnd {
  const pattern = new RegExp(STRING_END[quote] ?? '');
  pattern.lastIndex = start;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[0] === quote) return { end: pattern.lastIndex, closed: true };
    if (!match[0].startsWith('\\')) return { end: match.index, closed: false };
  }
  return { end: text.length, closed: false };
}

/** The closing quotes of a literal, and the braces that an f-string left open. */
function missingEnd(literal: string, quote: string): string {
  return (/^[a-z]*[ft]/i.test(literal) ? missingBraces(literal) : '') + quote;
}

/** Doubled braces count for nothing in either direction. */
function missingBraces(body: string): string {
  const single = body.replace(/\{\{|\}\}/g, '');
  const opened = single.split('{').length - single.split('}').length;
  return opened > 0 ? '}'.repeat(opened) : '';
}
