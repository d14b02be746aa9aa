/** Writes the files of a scaffold as one edit that undo takes back, and shows the one that matters, where it has changed most. */
import {
  type Position,
  Range,
  Selection,
  type TextDocument,
  TextEditorRevealType,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { TextEdit } from '../../base/edit.ts';
import type { ScaffoldFile, ScaffoldPreview } from '../../protocol/scaffold.ts';
import { offsetsOf, rangeOf, wholeOf } from '../documents/range-of.ts';
import { isReplacement } from './ask-clashes.ts';

/** Throws where VS Code refuses the edit, for example because a file has come into being meanwhile. */
export async function applyScaffold({ files, open }: Pick<ScaffoldPreview, 'files' | 'open'>): Promise<void> {
  const before = await editsOf(files.find(({ uri }) => uri === open));
  const edit = new WorkspaceEdit();
  for (const file of files) await addFile(edit, file);
  const applied = await workspace.applyEdit(edit, { isRefactoring: true });
  if (!applied) throw new Error('VS Code could not write the files. Nothing was changed. Try again.');
  await saveChanged(files);
  if (open === null) return;
  const editor = await window.showTextDocument(Uri.parse(open));
  const place = largestChange(editor.document, before);
  if (place) {
    editor.selection = new Selection(place, place);
    editor.revealRange(new Range(place, place), TextEditorRevealType.InCenter);
  }
}

/** Where the longest text has come into a file that was there: the first line of it that is not empty. */
function largestChange(document: TextDocument, edits: readonly TextEdit[]): Position | null {
  const longest = edits.reduce((most, each) => Math.max(most, each.newText.length), 0);
  let moved = 0;
  for (const { range, newText } of [...edits].sort((a, b) => a.range.start - b.range.start)) {
    const gap = newText.length - newText.trimStart().length;
    if (newText.length === longest) return document.positionAt(range.start + moved + gap);
    moved += newText.length - (range.end - range.start);
  }
  return null;
}

/** As the file is before them; none of a new file. */
async function editsOf(file: ScaffoldFile | undefined): Promise<readonly TextEdit[]> {
  if (file?.kind !== 'edit') return [];
  return offsetsOf(await workspace.openTextDocument(Uri.parse(file.uri)), file.edits);
}

/** Saved whether or not they are known to be dirty: that news may come later than the edit's success. */
async function saveChanged(files: readonly ScaffoldFile[]): Promise<void> {
  for (const file of files) {
    if (file.kind === 'edit' || isReplacement(file))
      await (await workspace.openTextDocument(Uri.parse(file.uri))).save();
  }
}

async function addFile(edit: WorkspaceEdit, file: ScaffoldFile): Promise<void> {
  const uri = Uri.parse(file.uri);
  if (file.kind === 'create') {
    if (file.replaces) {
      // As a change of its text, so that undo brings the old one back.
      edit.replace(uri, wholeOf(await workspace.openTextDocument(uri)), file.text);
      return;
    }
    edit.createFile(uri, { contents: new TextEncoder().encode(file.text), overwrite: false });
    return;
  }
  for (const { range, newText } of file.edits) edit.replace(uri, rangeOf(range), newText);
}
