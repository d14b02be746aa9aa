/**
 * Offsets in a string literal's value to offsets in the source and back. What an interpolation stands for in the value is
 * the caller's choice (`$1`, a quoted name, nothing): only its text counts.
 */
import type { TextRange } from '../base/range.ts';
import type { Interpolation, StringLiteral, StringSegment } from './syntax.ts';

export interface StringOffsets {
  /** The joined text, with the placeholders in it. */
  readonly value: string;
  /** Source offset of the character at an offset of the value; the value's end is the end of the last text. */
  toSource(valueOffset: number): number;
  /** Source range of a range of the value; a part of an escape or placeholder counts as the whole. */
  rangeToSource(range: TextRange): TextRange;
  /** Value offset of a source offset; null outside the text between the quotes. */
  toValue(sourceOffset: number): number | null;
}

interface Span {
  readonly value: TextRange;
  readonly source: TextRange;
  /** Whether each character of the value is one of the source. */
  readonly verbatim: boolean;
}

export function mapStringOffsets(
  literal: StringLiteral,
  placeholder: (interpolation: Interpolation, index: number) => string = () => '',
): StringOffsets {
  const { spans, value } = readSpans(literal, placeholder);
  const fallback = literal.pieces.at(-1)?.segments.at(-1)?.end ?? bodyStart(literal);
  return {
    value,
    toSource: offset => sourceStart(spans, offset) ?? spans.at(-1)?.source.end ?? fallback,
    rangeToSource: range => {
      const start = sourceStart(spans, range.start) ?? spans.at(-1)?.source.end ?? fallback;
      if (range.end <= range.start) return { start, end: start };
      return { start, end: sourceEnd(spans, range.end) ?? fallback };
    },
    toValue: offset => valueOffset(spans, offset) ?? emptyBody(literal, offset),
  };
}

function readSpans(
  literal: StringLiteral,
  placeholder: (interpolation: Interpolation, index: number) => string,
): { spans: readonly Span[]; value: string } {
  const spans: Span[] = [];
  let value = '';
  let interpolations = 0;
  const textOf = (segment: StringSegment) =>
    segment.kind === 'text' ? segment.value : placeholder(segment, interpolations++);
  for (const piece of literal.pieces) {
    for (const segment of piece.segments) {
      const text = textOf(segment);
      spans.push({
        value: { start: value.length, end: value.length + text.length },
        source: { start: segment.start, end: segment.end },
        verbatim: segment.kind === 'text' && text.length === segment.end - segment.start,
      });
      value += text;
    }
  }
  return { spans, value };
}

/** Inside the quotes of the first piece. */
function bodyStart(literal: StringLiteral): number {
  const [first] = literal.pieces;
  return first === undefined ? literal.start : first.start + first.prefix.length + first.quote.length;
}

function emptyBody(literal: StringLiteral, offset: number): number | null {
  const empty = literal.pieces.every(piece => piece.segments.length === 0);
  return empty && offset === bodyStart(literal) ? 0 : null;
}

function sourceStart(spans: readonly Span[], offset: number): number | null {
  const span = spans.find(({ value }) => value.start <= offset && offset < value.end);
  if (span === undefined) return null;
  return span.verbatim ? span.source.start + offset - span.value.start : span.source.start;
}

function sourceEnd(spans: readonly Span[], offset: number): number | null {
  const span = spans.find(({ value }) => value.start < offset && offset <= value.end);
  if (span === undefined) return null;
  return span.verbatim ? span.source.start + offset - span.value.start : span.source.end;
}

function valueOffset(spans: readonly Span[], offset: number): number | null {
  const span =
    spans.find(({ source }) => source.start <= offset && offset < source.end) ??
    spans.find(({ source }) => source.end === offset);
  if (span === undefined) return null;
  if (span.verbatim) return span.value.start + offset - span.source.start;
  return offset === span.source.end ? span.value.end : span.value.start;
}
