/**
 * Keeps what `check` found, so that a check of the same files by the same program is read instead of repeated. In the
 * user's cache folder; `--no-cache` leaves it alone.
 */
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { WorkspaceCheck } from '../features/check-workspace.ts';
import type { CheckMemory } from '../features/kept-checks.ts';
import { openProgramMemory, type ProgramMemory } from '../storage/program-memory.ts';
import type { FilePort, ReadOutcome } from '../workspace/file-port.ts';

export interface CheckOutcome extends Omit<WorkspaceCheck, 'isWhole' | 'unchecked'> {
  /** How many files were asked for. */
  readonly files: number;
  /** What was assumed, for people to know. */
  readonly remark: string | null;
}

/** Null where the program is no built one. */
export function openCheckCache(
  environment: Readonly<Record<string, string | undefined>>,
): ProgramMemory | null {
  const programs = [import.meta.filename, join(import.meta.dirname, 'shadow.js')];
  return openProgramMemory(cacheFolder(environment), programs);
}

function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment;
  const name = 'database-patterns';
  if (xdg) return join(xdg, name, 'checks');
  if (process.platform === 'win32') return join(local ?? homedir(), name, 'checks');
  const folder = process.platform === 'darwin' ? 'Library/Caches' : '.cache';
  return join(homedir(), folder, name, 'checks');
}

/** Where the verdicts are that were given against a schema. */
export function verdictKey({ stamp }: ProgramMemory, fingerprint: string): string {
  return JSON.stringify(['verdicts', stamp, fingerprint]);
}

/** Where the checks of single files are, for when some of the files have changed. */
export function checkMemory({ store, stamp }: ProgramMemory, roots: readonly string[]): CheckMemory {
  const key = JSON.stringify(['files', stamp, roots]);
  return {
    read: () => store.read(key),
    write: text => store.write(key, text),
    digest: text => createHash('sha256').update(text).digest('base64'),
  };
}

/** A port that has each file's content at hand from the moment that all of them were hashed, until it is read again. */
export interface HashedFiles {
  readonly port: FilePort;
  /** The same for the same files with the same content. */
  readonly digest: string;
}

const readers = 16;

export async function hashFiles(
  port: FilePort,
  roots: readonly string[],
  signal: AbortSignal,
): Promise<HashedFiles> {
  const contents = new Map<string, ReadOutcome>();
  const lists = new Map<string, Awaited<ReturnType<FilePort['list']>>>();
  const hash = createHash('sha256');
  for (const root of roots) {
    const files = await port.list(root);
    lists.set(root, files);
    const pending = files.values();
    const reader = async () => {
      for (const { path } of pending) {
        signal.throwIfAborted();
        contents.set(path, await port.read(path));
      }
    };
    await Promise.all(Array.from({ length: readers }, reader));
    for (const { path } of files) addTo(hash, path, contents.get(path));
  }
  const taken = (path: string) => {
    const content = contents.get(path);
    contents.delete(path);
    return content;
  };
  return {
    digest: hash.digest('hex'),
    port: {
      list: async root => lists.get(root) ?? (await port.list(root)),
      read: async path => taken(path) ?? (await port.read(path)),
      readNow: path => taken(path) ?? port.readNow(path),
    },
  };
}

/** Lengths before contents, so that no two lists of files run into the same bytes. */
function addTo(hash: ReturnType<typeof createHash>, path: string, content: ReadOutcome | undefined): void {
  const bytes = content?.kind === 'read' ? content.bytes : null;
  hash.update(`${path.length} ${path} ${bytes?.length ?? 'unreadable'}\n`);
  if (bytes !== null) hash.update(bytes);
}

export function keptOutcome({ store }: ProgramMemory, key: string): CheckOutcome | null {
  try {
    const text = store.read(key);
    return text === null ? null : (JSON.parse(text) as CheckOutcome);
  } catch {
    return null;
  }
}
