/** A string literal as placed text, and the SQL that a file's statements are known to have in it. */
import { type TextRange, touches } from '../../base/range.ts';
import { mapStringOffsets } from '../../python/string-offsets.ts';
import type { StringLiteral } from '../../python/syntax.ts';
import type { FileFacts } from '../project.ts';
import { HOLE } from '../render/render-raw.ts';
import type { RawSql, SourceMapEntry } from '../statement.ts';
import type { PlacedText } from './name-place.ts';

/** Null where the offset is not between the quotes. Values of f-strings are names that nothing is called. */
export function placedLiteral(literal: StringLiteral, offset: number): PlacedText | null {
  if (literal.bytes) return null;
  const offsets = mapStringOffsets(literal, () => HOLE);
  const cursor = offsets.toValue(offset) ?? emptyPiece(literal, offset);
  if (cursor === null) return null;
  const toSource = rangeIn(offsets, cursor, offset);
  return { text: offsets.value, cursor, toSource, written: text => writtenIn(literal, offset, text) };
}

/** Quotes of the literal's own kind are escaped, between three of them at the end alone; a raw one cannot hold any. */
function writtenIn(literal: StringLiteral, offset: number, text: string): string {
  const piece = literal.pieces.findLast(({ start }) => start <= offset) ?? literal.pieces[0];
  if (!piece || piece.prefix.includes('r')) return text;
  const [quote = ''] = piece.quote;
  const isPlain = piece.quote.length > 1 && offset < piece.end - piece.quote.length;
  return isPlain ? text : text.replaceAll(quote, `\\${quote}`);
}

/** Between the quotes of a literal without text that others stand beside. */
function emptyPiece(literal: StringLiteral, offset: number): number | null {
  let length = 0;
  for (const { segments, start, prefix, quote } of literal.pieces) {
    if (segments.length === 0 && offset === start + prefix.length + quote.length) return length;
    for (const segment of segments) length += segment.kind === 'text' ? segment.value.length : HOLE.length;
  }
  return null;
}

/** An empty range at the cursor is where the cursor is, also between two literals. */
function rangeIn(
  offsets: ReturnType<typeof mapStringOffsets>,
  cursor: number,
  offset: number,
): PlacedText['toSource'] {
  return range => {
    if (range.start === cursor && range.end === cursor) return { start: offset, end: offset };
    const source = offsets.rangeToSource(range);
    return range.end === cursor ? { start: source.start, end: offset } : source;
  };
}

/** The form of a statement that has text in a literal; null where none is known to. */
export function rawIn(facts: FileFacts, path: string, literal: TextRange): RawSql | null {
  for (const { raw } of facts.statements)
    for (const each of raw) if (each.form.map.some(entry => isWithin(entry, path, literal))) return each;
  return null;
}

function isWithin({ location }: SourceMapEntry, path: string, literal: TextRange): boolean {
  const { start, end } = location.range;
  return location.path === path && literal.start < start && end < literal.end;
}

/** SQL that is put together of several literals, read from its form; null where one literal has all of it. */
export function placedForm(
  { form, binds }: RawSql,
  path: string,
  literal: StringLiteral,
  offset: number,
): PlacedText | null {
  const pieces = form.map.filter(entry => isVerbatim(entry));
  if (pieces.every(entry => isWithin(entry, path, literal))) return null;
  if (binds.some(({ location }) => location && location.path === path && touches(location.range, offset)))
    return null;
  const own = pieces.filter(entry => isWithin(entry, path, literal));
  const before = own.filter(({ location }) => location.range.start <= offset).at(-1);
  if (!before) return null;
  const cursor = Math.min(before.sqlEnd + Math.max(0, offset - before.location.range.end), form.sql.length);
  const inside = Math.min(cursor, before.sqlStart + offset - before.location.range.start);
  return {
    text: form.sql,
    cursor: inside,
    toSource: range => sourceOf(own, range, offset),
    written: text => writtenIn(literal, offset, text),
  };
}

function isVerbatim({ sqlStart, sqlEnd, location: { range } }: SourceMapEntry): boolean {
  return sqlEnd > sqlStart && sqlEnd - sqlStart === range.end - range.start;
}

/** What does not stand in one piece of the literal has no place there but the cursor's. */
function sourceOf(pieces: readonly SourceMapEntry[], { start, end }: TextRange, offset: number): TextRange {
  const piece = pieces.find(entry => entry.sqlStart <= start && end <= entry.sqlEnd);
  if (!piece || start === end) return { start: offset, end: offset };
  const shift = piece.location.range.start - piece.sqlStart;
  return { start: start + shift, end: end + shift };
}
