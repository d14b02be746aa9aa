/**
 * SQL text as pieces: words with their source, parameters by the style of whoever sends it, and holes. For `text()` by
 * SQLAlchemy's own rules for parameters and escapes.
 */
import type { SourceLocation } from '../model.ts';
import type { ParameterStyle } from '../raw-sql.ts';
import { bind } from './elements.ts';
import type { TextElement, TextPiece } from './ir.ts';
import { NULL_TYPE } from './sql-type.ts';
import { sliceOfPart } from './text-parts.ts';
import type { TextHole, TextPart } from './value.ts';

/** What a hole becomes. */
export type FillHole = (hole: TextHole, index: number) => TextPiece;

export function openHole({ at, source, how }: TextHole): TextPiece {
  return { kind: 'hole', at, source, how };
}

export function readText(
  parts: readonly TextPart[],
  at: SourceLocation,
  style: ParameterStyle = 'named',
  fill: FillHole = openHole,
): TextElement {
  const text = joinedText(parts, fill);
  const pieces: TextPiece[] = [];
  let end = 0;
  let positional = 0;
  for (const match of text.value.matchAll(patterns[style])) {
    if (match.index > end) pieces.push(...verbatim(text, end, match.index));
    end = match.index + match[0].length;
    const { name, mark, escaped } = match.groups ?? {};
    const bound = name ?? (mark === undefined ? undefined : String(++positional));
    if (bound !== undefined)
      pieces.push({ ...bind(bound, NULL_TYPE, placeOf(text, match.index, end)), unique: false });
    else if (escaped !== undefined)
      pieces.push({ kind: 'verbatim', text: escaped, at: placeOf(text, match.index, end) });
    else pieces.push(...verbatim(text, match.index, end));
  }
  if (end < text.value.length) pieces.push(...verbatim(text, end, text.value.length));
  return { kind: 'text', pieces, at };
}

/** Stands in the joined text for what is only known at run time; no letter, digit or sign of SQL. */
const holeMark = '\uFFFC';

/** A parameter is `name` or `mark`; `escaped` is what an escape stands for; all else are words, and space between them. */
const patterns: Readonly<Record<ParameterStyle, RegExp>> = {
  named:
    /\\(?<escaped>:[\p{L}\p{N}_$]*)(?![:\p{L}\p{N}_$])|(?<![:\p{L}\p{N}_$\\]):(?<name>[\p{L}\p{N}_$]+)(?![:\p{L}\p{N}_$])|\uFFFC|[^\s\uFFFC]+?(?=[\s:\\\uFFFC]|$)|\s+/gu,
  pyformat:
    /%(?<escaped>%)|%\((?<name>\w+)\)[sbt]|(?<mark>%[sbt])|\uFFFC|[^\s\uFFFC]+?(?=[\s%\uFFFC]|$)|\s+/g,
  qmark: /(?:'(?:[^']|'')*'|"[^"\uFFFC]*")|(?<mark>\?)|:(?<name>\w+)|\uFFFC|[^\s'"?:\uFFFC]+|::|['":]|\s+/g,
  numeric: /\uFFFC|[^\s\uFFFC]+|\s+/g,
};

interface JoinedText {
  readonly value: string;
  readonly spans: readonly Span[];
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly part: TextPart;
  /** For a hole. */
  readonly piece: TextPiece;
}

function joinedText(parts: readonly TextPart[], fill: FillHole): JoinedText {
  const spans: Span[] = [];
  const texts: string[] = [];
  let length = 0;
  for (const part of parts) {
    const text = part.kind === 'hole' ? holeMark : part.text;
    const piece = part.kind === 'hole' ? fill(part, spans.length) : '';
    spans.push({ start: length, end: length + text.length, part, piece });
    texts.push(text);
    length += text.length;
  }
  return { value: texts.join(''), spans };
}

/** A stretch that may cross the borders of literals: one piece on each side. */
function verbatim(text: JoinedText, start: number, end: number): readonly TextPiece[] {
  return partsWithin(text, start, end).map(({ part, piece }) => {
    if (part.kind === 'hole') return piece;
    return part.text.trim() === '' ? part.text : { kind: 'verbatim', text: part.text, at: part.at };
  });
}

function partsWithin({ spans }: JoinedText, start: number, end: number): readonly Span[] {
  const found: Span[] = [];
  for (let index = spanAt(spans, start); index < spans.length; index += 1) {
    const span = spans[index];
    if (span === undefined || span.start >= end) break;
    const { part } = span;
    const [from, to] = [Math.max(start, span.start) - span.start, Math.min(end, span.end) - span.start];
    if (part.kind === 'hole') found.push(span);
    else if (to > from) found.push({ ...span, part: sliceOfPart(part, from, to) });
  }
  return found;
}

/** Index of the span that holds an offset: texts of a megabyte have many. */
function spanAt(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeOf(text: JoinedText, start: number, end: number): SourceLocation | null {
  const parts = partsWithin(text, start, end);
  const [first, last] = [parts[0]?.part, parts.at(-1)?.part];
  if (first === undefined || last === undefined) return null;
  const { path, range } = first.at;
  const isOneStretch = last.at.path === path && last.at.range.end >= range.start;
  return { path, range: { start: range.start, end: isOneStretch ? last.at.range.end : range.end } };
}
