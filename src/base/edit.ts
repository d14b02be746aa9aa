/** Changes to texts as data, and their application. */
import type { TextRange } from './range.ts';

export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** Edits of one file, by the path that the file port knows. */
export interface FileEdit {
  readonly path: string;
  readonly edits: readonly TextEdit[];
}

/** From the begin of the text to its end; two at the same place as they are given. */
export function applyOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.toSorted((a, b) => a.range.start - b.range.start);
}

/**
 * Applies edits that do not overlap; their order does not matter. Two edits at the same empty range are
 * applied in the order given.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let position = 0;
  for (const edit of applyOrder(edits)) {
    if (edit.range.start < position) throw new RangeError(`Edits overlap at offset ${edit.range.start}`);
    result += text.slice(position, edit.range.start) + edit.newText;
    position = edit.range.end;
  }
  return result + text.slice(position);
}
