/** A workspace made of texts, opened as the server and the command line open one. */
import { silentLogger } from '../src/base/logger.ts';
import { loadSqlParser } from '../src/sql/parser.ts';
import type { FilePort, ReadOutcome } from '../src/workspace/files/file-port.ts';
import type { WorkspaceSnapshot } from '../src/workspace/snapshot.ts';
import { WorkspaceStore } from '../src/workspace/workspace-store.ts';
import { parser } from './project.ts';

/** Paths are relative to `/project`. */
export async function workspaceOf(
  files: Readonly<Record<string, string>>,
  settings?: unknown,
): Promise<WorkspaceSnapshot> {
  return (await storeOf(files)).open(['/project'], settings, new AbortController().signal);
}

export async function storeOf(files: Readonly<Record<string, string>>): Promise<WorkspaceStore> {
  return new WorkspaceStore({
    files: portOf(files),
    parser,
    sql: await loadSqlParser(),
    logger: silentLogger,
  });
}

/** Looks at the texts each time it is asked, so that a test can change or delete a file. */
function portOf(files: Readonly<Record<string, string>>): FilePort {
  const read = (path: string): ReadOutcome => {
    const text = files[path.replace('/project/', '')];
    return text === undefined
      ? { kind: 'failed', reason: `${path} does not exist` }
      : { kind: 'read', bytes: Buffer.from(text) };
  };
  return {
    list: async () =>
      Object.entries(files).map(([path, { length }]) => ({
        path: `/project/${path}`,
        size: length,
        modified: 0,
      })),
    read: async path => read(path),
    readNow: read,
  };
}
