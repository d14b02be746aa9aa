/** Asks before a scaffold is written: what it would make and change, and all of it as a comparison if wanted. */
import { commands, type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from 'vscode';
import { applyEdits } from '../../base/edit.ts';
import type { ScaffoldFile } from '../../protocol/scaffold.ts';
import { offsetsOf } from '../documents/range-of.ts';
import type { VirtualDocuments } from '../documents/virtual-documents.ts';
import { readSetting } from '../settings.ts';
import { isReplacement } from './ask-clashes.ts';

interface ChoiceItem extends QuickPickItem {
  readonly choice: 'write' | 'compare';
}

/** False where the user does not want the files. Does not ask where the setting says so. */
export async function confirmScaffold(
  title: string,
  files: readonly ScaffoldFile[],
  documents: VirtualDocuments,
): Promise<boolean> {
  return isAsked(files) ? previewFiles(title, files, documents) : true;
}

/** As `confirmScaffold`, whatever the setting says. */
export async function previewFiles(
  title: string,
  files: readonly ScaffoldFile[],
  documents: VirtualDocuments,
): Promise<boolean> {
  for (;;) {
    const options = {
      title: `${title}: Write`,
      placeHolder: 'Nothing is written yet.',
      ignoreFocusOut: true,
    };
    const chosen = await window.showQuickPick(items(files), options);
    await closeComparison(title);
    if (chosen?.choice !== 'compare') return chosen !== undefined;
    await compare(title, files, documents);
  }
}

/** It compares with the files as they are, so that it would show nothing true once they are written. */
async function closeComparison(title: string): Promise<void> {
  const tab = window.tabGroups.activeTabGroup.activeTab;
  // Comparisons of several files have no public type of input.
  if (tab?.input === undefined && tab?.label.startsWith(`${title} (`)) await window.tabGroups.close(tab);
}

function isAsked(files: readonly ScaffoldFile[]): boolean {
  switch (readSetting('scaffold.confirm')) {
    case 'always':
      return true;
    case 'edits':
      return files.some(file => file.kind === 'edit' || isReplacement(file));
    case 'never':
      return false;
  }
}

function items(files: readonly ScaffoldFile[]): readonly ChoiceItem[] {
  const write = files.length === 1 ? 'Write the File' : `Write ${files.length} Files`;
  return [
    { label: `$(check) ${write}`, description: 'Undo takes it back', choice: 'write' },
    { label: '$(diff-multiple) Show the Changes', description: 'then asks again', choice: 'compare' },
    { label: '', kind: QuickPickItemKind.Separator, choice: 'compare' },
    ...files.map(fileItem),
  ];
}

function fileItem(file: ScaffoldFile): ChoiceItem {
  const isNew = file.kind === 'create' && !isReplacement(file);
  const icon = isNew ? 'new-file' : 'edit';
  const description = isNew ? 'is made' : isReplacement(file) ? 'is replaced' : 'is changed';
  const label = `$(${icon}) ${workspace.asRelativePath(Uri.parse(file.uri))}`;
  return { label, description, choice: 'compare' };
}

async function compare(
  title: string,
  files: readonly ScaffoldFile[],
  documents: VirtualDocuments,
): Promise<void> {
  const changes = await Promise.all(
    files.map(async file => {
      const uri = Uri.parse(file.uri);
      // Under the file's own path, or else the comparison would speak of a renamed file.
      const after = documents.write(uri.path.slice(1), await textAfter(file));
      return [uri, file.kind === 'create' && !isReplacement(file) ? undefined : uri, after];
    }),
  );
  await commands.executeCommand('vscode.changes', title, changes);
}

async function textAfter(file: ScaffoldFile): Promise<string> {
  if (file.kind === 'create') return file.text;
  const document = await workspace.openTextDocument(Uri.parse(file.uri));
  return applyEdits(document.getText(), offsetsOf(document, file.edits));
}
