/** Ranges of the protocol as VS Code's. */
import { Range, type TextDocument } from 'vscode';
import type { TextEdit } from '../../base/edit.ts';
import type { PlaceRange } from '../../protocol/place.ts';

export function rangeOf({ start, end }: PlaceRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

/** Edits of a document by the offsets that they have in it now. */
export function offsetsOf(
  document: TextDocument,
  edits: readonly { readonly range: PlaceRange; readonly newText: string }[],
): readonly TextEdit[] {
  return edits.map(({ range, newText }) => {
    const { start, end } = rangeOf(range);
    return { range: { start: document.offsetAt(start), end: document.offsetAt(end) }, newText };
  });
}

export function wholeOf(document: TextDocument): Range {
  return document.validateRange(new Range(0, 0, document.lineCount, 0));
}
