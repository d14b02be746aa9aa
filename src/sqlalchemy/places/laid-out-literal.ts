/** A string literal with its SQL laid out anew, between three quotes. */
import { sliceOf } from '../../base/range.ts';
import { mapStringOffsets } from '../../python/string-offsets.ts';
import type { StringLiteral, StringPiece } from '../../python/syntax.ts';
import { layOutSql } from '../../sql/lay-out.ts';
import { sqlWords } from '../../sql/names/words.ts';
import { standInNames } from '../../sql/stand-in-names.ts';

/** The Python to write in its place; null where the SQL is not understood, or the literal cannot be written so. */
export function laidOutLiteral(text: string, literal: StringLiteral): string | null {
  const manner = mannerOf(text, literal);
  if (!manner) return null;
  const names = standInNames(text);
  const { value } = mapStringOffsets(literal, hole => names.for(sliceOf(text, hole)));
  const laidOut = isWritable(value) ? layOutSql(value.trim()) : null;
  if (laidOut === null) return null;
  const { outer, inner } = indentation(text, literal);
  const filled = names.restore(escaped(indented(laidOut, inner), manner));
  const quote = [...new Set([manner.quote, '"""', "'''"])].find(each => !filled.includes(each));
  return quote === undefined ? null : `${manner.prefix}${quote}\n${filled}\n${outer}${quote}`;
}

interface Manner {
  readonly prefix: string;
  readonly quote: string;
  readonly isRaw: boolean;
  readonly isFormatted: boolean;
}

/** Null for bytes, for pieces that cannot be one, and for such with a comment of Python between them. */
function mannerOf(text: string, { pieces, bytes }: StringLiteral): Manner | null {
  const [first] = pieces;
  if (!first || bytes || !pieces.every((piece, index) => followsSpace(text, pieces[index - 1], piece)))
    return null;
  const isRaw = pieces.every(({ prefix }) => prefix.includes('r'));
  const isTemplate = pieces.some(({ prefix }) => prefix.includes('t'));
  const isFormatted = isTemplate || pieces.some(({ prefix }) => prefix.includes('f'));
  if (isTemplate && !pieces.every(({ prefix }) => prefix.includes('t'))) return null;
  const letter = isTemplate ? 't' : isFormatted ? 'f' : '';
  const quote = first.quote.length === 3 ? first.quote : '"""';
  return { prefix: `${isRaw ? 'r' : ''}${letter}`, quote, isRaw, isFormatted };
}

function followsSpace(text: string, before: StringPiece | undefined, piece: StringPiece): boolean {
  return before === undefined || /^[\s\\]*$/.test(text.slice(before.end, piece.start));
}

/** Without characters that nobody would see. */
function isWritable(value: string): boolean {
  return !/[^\P{Cc}\n\t]/u.test(value);
}

interface Indentation {
  readonly outer: string;
  readonly inner: string;
}

/** As the text has it between the quotes already, else one level deeper than the line that the literal begins on. */
function indentation(text: string, { start, pieces }: StringLiteral): Indentation {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const outer = /^[ \t]*/.exec(line)?.[0] ?? '';
  const [first] = pieces;
  const own = first?.quote.length === 3 ? /\n([ \t]*)\S/.exec(sliceOf(text, first)) : null;
  return { outer, inner: own?.[1] ?? `${outer}${outer.startsWith('\t') ? '\t' : '    '}` };
}

/** Lines that begin inside of a text of SQL's stay as they are. */
function indented(sql: string, by: string): string {
  const texts = sqlWords(sql).filter(({ kind }) => kind === 'string' || kind === 'quoted');
  const isInText = (offset: number) => texts.some(({ start, end }) => start < offset && offset < end);
  return sql.replace(/^(?=.)/gm, (_, offset: number) => (isInText(offset) ? '' : by));
}

function escaped(sql: string, { isRaw, isFormatted }: Manner): string {
  const plain = isRaw ? sql : sql.replaceAll('\\', '\\\\');
  return isFormatted ? plain.replace(/[{}]/g, '$&$&') : plain;
}
