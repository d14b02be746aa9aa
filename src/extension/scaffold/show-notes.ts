/** What the user should know of what was written. */
import { ViewColumn, window } from 'vscode';
import type { VirtualDocuments } from '../documents/virtual-documents.ts';

/** A few as a message; more, such as what a conversion has left alone, as a text that can be read at leisure. */
export async function showNotes(
  title: string,
  notes: readonly string[],
  documents: VirtualDocuments,
): Promise<void> {
  if (notes.length === 0) return;
  if (notes.length <= 2) {
    void window.showInformationMessage(notes.join(' '));
    return;
  }
  const text = `# ${title}\n\n${notes.map(note => `- ${note}`).join('\n')}\n`;
  const uri = documents.write(`${title}.md`, text);
  await window.showTextDocument(uri, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true });
}
