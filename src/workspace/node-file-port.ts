/** The file port over Node's file system: the only file of this room that touches it. */
import { readFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileEntry, FilePort, ReadOutcome } from './file-port.ts';
import { isIgnoredFolder } from './ignored-folders.ts';

/** Kinds of files that the workspace reads; others are not even listed. */
const wanted =
  /(\.py|\.pyi|\.sql|\.ini|\.toml|\.ya?ml|(^|\/)\.env[\w.-]*|pg_service\.conf|\.pg_service\.conf)$/;

export function createNodeFilePort(): FilePort {
  return { list: listFiles, read: readBytes, readNow: readBytesNow };
}

async function listFiles(root: string): Promise<readonly FileEntry[]> {
  const entries: FileEntry[] = [];
  const pending = [root];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const children = await readdir(folder, { withFileTypes: true }).catch(() => []);
    if (children.some(child => child.name === 'pyvenv.cfg')) continue;
    for (const child of children) {
      const path = join(folder, child.name).replaceAll('\\', '/');
      if (child.isDirectory()) {
        if (!isIgnoredFolder(child.name)) pending.push(path);
      } else if (wanted.test(path)) {
        const entry = await fileEntry(path);
        if (entry) entries.push(entry);
      }
    }
  }
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Null for what is no regular file, such as a broken link or a pipe. */
async function fileEntry(path: string): Promise<FileEntry | null> {
  const stats = await stat(path).catch(() => null);
  return stats?.isFile() ? { path, size: stats.size, modified: stats.mtimeMs } : null;
}

async function readBytes(path: string): Promise<ReadOutcome> {
  try {
    return { kind: 'read', bytes: await readFile(path) };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

function readBytesNow(path: string): ReadOutcome {
  try {
    return { kind: 'read', bytes: readFileSync(path) };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
