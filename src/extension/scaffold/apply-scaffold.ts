/** Writes the files of a scaffold as one edit that undo takes back, and shows the one that matters. */
import { Uri, WorkspaceEdit, window, workspace } from 'vscode';
import type { ScaffoldFile, ScaffoldPreview } from '../../protocol/scaffold.ts';
import { isReplacement } from './ask-clashes.ts';
import { rangeOf, wholeOf } from './range-of.ts';

/** Throws where VS Code refuses the edit, for example because a file has come into being meanwhile. */
export async function applyScaffold({ files, open }: Pick<ScaffoldPreview, 'files' | 'open'>): Promise<void> {
  const edit = new WorkspaceEdit();
  for (const file of files) await addFile(edit, file);
  const applied = await workspace.applyEdit(edit, { isRefactoring: true });
  if (!applied) throw new Error('VS Code could not write the files. Nothing was changed. Try again.');
  await saveChanged(files);
  if (open !== null) await window.showTextDocument(Uri.parse(open));
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
