/** Ranges of the protocol as VS Code's. */
import { Range, type TextDocument } from 'vscode';
import type { PlaceRange } from '../../protocol/place.ts';

export function rangeOf({ start, end }: PlaceRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

export function wholeOf(document: TextDocument): Range {
  return document.validateRange(new Range(0, 0, document.lineCount, 0));
}
