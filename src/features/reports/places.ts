/** Offsets and paths to what reports hold: one-based lines and columns, and paths as their readers know them. */
import { indexLines, type LineIndex, positionAt } from '../../base/line-index.ts';
import type { TextRange } from '../../base/range.ts';

export interface ReportedPosition {
  readonly line: number;
  /** In UTF-16 units. */
  readonly column: number;
}

export interface ReportedRange {
  readonly start: ReportedPosition;
  readonly end: ReportedPosition;
}

export interface Places {
  file(path: string): string;
  position(path: string, offset: number): ReportedPosition;
  range(path: string, range: TextRange): ReportedRange;
}

export interface PlaceOptions {
  readonly textOf: (path: string) => string | undefined;
  /** An absolute path as the reader is to see it. */
  readonly file: (path: string) => string;
}

/** Line indexes are made once a text. */
export function createPlaces({ textOf, file }: PlaceOptions): Places {
  const indexes = new Map<string, LineIndex>();
  const indexOf = (path: string): LineIndex => {
    const known = indexes.get(path) ?? indexLines(textOf(path) ?? '');
    indexes.set(path, known);
    return known;
  };
  const position = (path: string, offset: number): ReportedPosition => {
    const { line, column } = positionAt(indexOf(path), offset);
    return { line: line + 1, column: column + 1 };
  };
  return {
    file,
    position,
    range: (path, { start, end }) => ({ start: position(path, start), end: position(path, end) }),
  };
}
