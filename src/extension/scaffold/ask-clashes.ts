/** Asks what becomes of each file that a scaffold would make and that is there already. Nothing is overwritten unasked. */
import { commands, type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { ClashChoice, ScaffoldFile, ScaffoldPreview } from '../../protocol/scaffold.ts';
import type { VirtualDocuments } from '../documents/virtual-documents.ts';

interface ChoiceItem extends QuickPickItem {
  readonly choice: ClashChoice | 'compare';
}

export type Clashes = Readonly<Record<string, ClashChoice>>;

/** By URI; null where the user gives up. */
export async function askClashes(
  title: string,
  { clashes, files }: Pick<ScaffoldPreview, 'clashes' | 'files'>,
  documents: VirtualDocuments,
): Promise<Clashes | null> {
  const chosen: Record<string, ClashChoice> = {};
  for (const uri of clashes) {
    const file = files.find(each => each.uri === uri);
    const choice = file?.kind === 'create' ? await askOne(title, file, documents) : undefined;
    if (choice === undefined) return null;
    chosen[uri] = choice;
  }
  return chosen;
}

type NewFile = Extract<ScaffoldFile, { kind: 'create' }>;

export function isReplacement(file: ScaffoldFile): boolean {
  return file.kind === 'create' && file.replaces === true;
}

const items: readonly ChoiceItem[] = [
  {
    label: '$(shield) Keep Mine',
    description: 'the file stays as it is, the others are written',
    choice: 'keep',
  },
  { label: '$(new-file) Write Beside It', description: 'under a name that ends with _new', choice: 'beside' },
  { label: '$(replace) Replace It', description: 'shown first; undo takes it back', choice: 'replace' },
  { label: '$(diff) Compare Both', description: 'then asks again', choice: 'compare' },
];

async function askOne(
  title: string,
  file: NewFile,
  documents: VirtualDocuments,
): Promise<ClashChoice | undefined> {
  const uri = Uri.parse(file.uri);
  const name = workspace.asRelativePath(uri);
  for (;;) {
    const options = {
      title: `${title}: ${name}`,
      placeHolder: `${name} is there already. Nothing is written yet.`,
      ignoreFocusOut: true,
    };
    const chosen = await window.showQuickPick(items, options);
    if (chosen?.choice !== 'compare') return chosen?.choice;
    const after = documents.write(uri.path.slice(1), file.text);
    await commands.executeCommand('vscode.diff', uri, after, `${name}: yours and the new one`);
  }
}
