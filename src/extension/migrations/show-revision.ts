/** A revision's change of the schema in the editor: as DDL, and as a comparison of before and after. */
import { commands, window, workspace } from 'vscode';
import type { MigrationEnvironmentInfo, RevisionDetails, RevisionInfo } from '../../protocol/migrations.ts';
import { revisionDetails } from '../../protocol/migrations.ts';
import type { VirtualDocuments } from '../documents/virtual-documents.ts';
import type { LanguageServer } from '../server/language-server.ts';

export interface ShownRevision {
  readonly environment: MigrationEnvironmentInfo;
  readonly revision: RevisionInfo;
}

async function detailsOf(
  server: LanguageServer,
  { environment, revision }: ShownRevision,
): Promise<RevisionDetails> {
  const question = { environment: environment.id, revision: revision.id };
  const details = await server.request(revisionDetails, question);
  if (details === null) throw new Error(`${revision.id} is not in the graph any more.`);
  return details;
}

/** Statements on data are not in it. */
export async function showRevisionSql(
  server: LanguageServer,
  documents: VirtualDocuments,
  shown: ShownRevision,
): Promise<void> {
  const { sql, doubts } = await detailsOf(server, shown);
  const { id, message } = shown.revision;
  const text = [`-- ${id}: ${message}`, ...notesOf(doubts), sql || '-- No change of the schema.'].join('\n');
  const document = await workspace.openTextDocument(documents.write(`${id}.sql`, `${text}\n`));
  await window.showTextDocument(document, { preview: true });
}

function notesOf(doubts: readonly string[]): readonly string[] {
  return doubts.map(doubt => `-- Not followed: ${doubt}`);
}

export async function compareSchemas(
  server: LanguageServer,
  documents: VirtualDocuments,
  shown: ShownRevision,
): Promise<void> {
  const { before, after, doubts } = await detailsOf(server, shown);
  const { id, message } = shown.revision;
  await commands.executeCommand(
    'vscode.diff',
    documents.write(`before ${id}.sql`, before),
    documents.write(`after ${id}.sql`, [...notesOf(doubts), after].join('\n')),
    `Schema before and after ${id} (${message})`,
  );
}
