/** Opens a file at a place that the server named. */
import { Position, Range, Selection, TextEditorRevealType, Uri, window } from 'vscode';
import type { Place } from '../../protocol/place.ts';

export async function openPlace({ uri, line, character }: Place): Promise<void> {
  const position = new Position(line, character);
  const editor = await window.showTextDocument(Uri.parse(uri), { preview: true });
  editor.selection = new Selection(position, position);
  editor.revealRange(new Range(position, position), TextEditorRevealType.InCenterIfOutsideViewport);
}
