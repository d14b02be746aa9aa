/**
 * The text between a literal's quotes as segments: runs that stand for themselves, and single escapes. Follows CPython's
 * decoding; leaves out the check of escapes that CPython rejects (they stand for themselves here).
 */
import type { TextSegment } from '../syntax.ts';

export interface LiteralStyle {
  readonly raw: boolean;
  readonly bytes: boolean;
  /** f-strings and t-strings, where a brace is written twice. */
  readonly format: boolean;
}

interface Decoded {
  readonly length: number;
  readonly value: string;
}

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\n', ''],
]);

const OCTAL = /[0-7]{1,3}/y;
const HEXADECIMAL = /x([0-9a-fA-F]{2})/y;
const CODE_POINT = /u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})/y;
const NAMED = /N\{[^{}\n]+\}/y;
const SPECIAL = /[\\\r{}]/g;
const SPECIAL_IN_PLAIN = /[\\\r]/g;

/** Decodes `text` from `start` to `end`, which must hold no interpolation. */
export function readTextSegments(
  text: string,
  start: number,
  end: number,
  style: LiteralStyle,
): TextSegment[] {
  const segments: TextSegment[] = [];
  // Cut out first: searching in the whole text would run far past the end of each literal.
  const body = text.slice(start, end);
  const special = style.format ? SPECIAL : SPECIAL_IN_PLAIN;
  let verbatimFrom = 0;
  let position = 0;
  const flush = (to: number) => {
    if (to === verbatimFrom) return;
    const value = body.slice(verbatimFrom, to);
    segments.push({ kind: 'text', start: start + verbatimFrom, end: start + to, value });
  };
  for (;;) {
    special.lastIndex = position;
    const match = special.exec(body);
    if (match === null) break;
    const decoded = decodeAt(body, match.index, style);
    position = match.index + (decoded?.length ?? 1);
    if (decoded === null) continue;
    flush(match.index);
    segments.push({ kind: 'text', start: start + match.index, end: start + position, value: decoded.value });
    verbatimFrom = position;
  }
  flush(body.length);
  return segments;
}

/** What stands for something else at a backslash, carriage return or brace; null where it stands for itself. */
function decodeAt(text: string, offset: number, style: LiteralStyle): Decoded | null {
  const character = text[offset];
  const next = text[offset + 1] ?? '';
  // CPython reads every line ending as a line feed.
  if (character === '\r') return { length: next === '\n' ? 2 : 1, value: '\n' };
  if (character !== '\\') return next === character ? { length: 2, value: character ?? '' } : null;
  if (style.raw) return null;
  if (next === '\r') return { length: text[offset + 2] === '\n' ? 3 : 2, value: '' };
  const simple = SIMPLE_ESCAPES.get(next);
  if (simple !== undefined) return { length: 2, value: simple };
  return decodeNumeric(text, offset, style) ?? (style.bytes ? null : decodeUnicode(text, offset));
}

function decodeNumeric(text: string, offset: number, style: LiteralStyle): Decoded | null {
  const octal = matchAt(OCTAL, text, offset + 1);
  if (octal !== null) {
    const code = Number.parseInt(octal[0], 8);
    return { length: 1 + octal[0].length, value: String.fromCharCode(style.bytes ? code & 0xff : code) };
  }
  const hexadecimal = matchAt(HEXADECIMAL, text, offset + 1);
  if (hexadecimal === null) return null;
  return { length: 4, value: String.fromCharCode(Number.parseInt(hexadecimal[1] ?? '', 16)) };
}

function decodeUnicode(text: string, offset: number): Decoded | null {
  const numbered = matchAt(CODE_POINT, text, offset + 1);
  if (numbered !== null) {
    const code = Number.parseInt(numbered[1] ?? numbered[2] ?? '', 16);
    return code > 0x10ffff ? null : { length: 1 + numbered[0].length, value: String.fromCodePoint(code) };
  }
  const named = matchAt(NAMED, text, offset + 1);
  // The table of Unicode names is not worth its megabyte: one stand-in keeps the lengths nearly right.
  return named === null ? null : { length: 1 + named[0].length, value: '\uFFFD' };
}

function matchAt(sticky: RegExp, text: string, offset: number): RegExpExecArray | null {
  sticky.lastIndex = offset;
  return sticky.exec(text);
}
