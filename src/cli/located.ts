/** Offsets to what the command line prints: one-based lines and columns, and paths relative to where it was called. */
import { isAbsolute, relative } from 'node:path';
import { indexLines, type LineIndex, positionAt } from '../base/line-index.ts';
import type { TextRange } from '../base/range.ts';

export interface PrintedPosition {
  readonly line: number;
  /** In UTF-16 units. */
  readonly column: number;
}

export interface PrintedRange {
  readonly start: PrintedPosition;
  readonly end: PrintedPosition;
}

/** Line indexes are made once a text. */
export function createLocator(textOf: (path: string) => string | undefined) {
  const indexes = new Map<string, LineIndex>();
  const indexOf = (path: string): LineIndex => {
    const known = indexes.get(path) ?? indexLines(textOf(path) ?? '');
    indexes.set(path, known);
    return known;
  };
  return {
    position(path: string, offset: number): PrintedPosition {
      const { line, column } = positionAt(indexOf(path), offset);
      return { line: line + 1, column: column + 1 };
    },
    range(path: string, range: TextRange): PrintedRange {
      return { start: this.position(path, range.start), end: this.position(path, range.end) };
    },
  };
}

export type Locator = ReturnType<typeof createLocator>;

/** Relative to the current folder where it is inside it. */
export function printedPath(path: string, from: string): string {
  const short = relative(from, path).replaceAll('\\', '/');
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short;
}
