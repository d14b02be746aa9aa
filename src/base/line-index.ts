/** Offsets to lines and columns and back. Columns are UTF-16 units, as LSP and the command line count them. */
export interface Position {
  /** Zero-based. */
  readonly line: number;
  /** Zero-based, in UTF-16 units. */
  readonly column: number;
}

export interface LineIndex {
  /** Offset of the first character of each line. */
  readonly lineStarts: readonly number[];
  readonly length: number;
}

/** Lines end at LF, CRLF or a lone CR, as in LSP. */
export function indexLines(text: string): LineIndex {
  const lineStarts = [0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) lineStarts.push(i + 1);
  }
  return { lineStarts, length: text.length };
}

/** Offsets outside the text are clamped to it. */
export function positionAt(index: LineIndex, offset: number): Position {
  const clamped = Math.max(0, Math.min(offset, index.length));
  let low = 0;
  let high = index.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((index.lineStarts[middle] ?? 0) <= clamped) low = middle;
    else high = middle - 1;
  }
  return { line: low, column: clamped - (index.lineStarts[low] ?? 0) };
}

/** Positions past the end of a line are clamped to the start of the next one. */
export function offsetAt(index: LineIndex, position: Position): number {
  const start = index.lineStarts[position.line];
  if (start === undefined) return position.line < 0 ? 0 : index.length;
  const next = index.lineStarts[position.line + 1] ?? index.length;
  return Math.max(start, Math.min(start + position.column, next));
}
