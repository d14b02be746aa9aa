/** The part of the editor's settings that is ours, as it came: parsed where it is used. */
import { type PlainRecord, recordOf } from '../base/record.ts';
import { editorSettings } from '../workspace/settings-reader.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import type { ServerConnection } from './server-connection.ts';

/** Of a client that sends its settings whole. */
export function ownSection(all: unknown): PlainRecord {
  return recordOf(recordOf(all).databasePatterns);
}

/** What is wrong in them, as a message: what is wrong in a file is marked there. */
export function tellMistakes(connection: ServerConnection, { problems }: WorkspaceSnapshot): void {
  const mistakes = problems.filter(({ path }) => path === editorSettings).map(({ message }) => message);
  if (mistakes.length > 0)
    void connection.window.showWarningMessage(`In the settings, ${mistakes.join('; ')}.`);
}
