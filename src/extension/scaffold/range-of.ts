/** Ranges of the protocol as VS Code's. */
import { Range } from 'vscode';
import type { PlaceRange } from '../../protocol/place.ts';

export function rangeOf({ start, end }: PlaceRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
