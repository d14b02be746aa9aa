/** An SQLite database at one moment, by its file alone: it is not opened as a database, so nobody waits for us. */
import { open, readFile, stat } from 'node:fs/promises';
import { headerBytes, readSqliteHeader, type SqliteHeader } from './file-header.ts';
import { type SqliteLock, sqliteLocks } from './file-locks.ts';

export interface SqliteReport {
  readonly file: string;
  readonly bytes: number;
  /** Null for an empty file, which is a database without tables. */
  readonly header: SqliteHeader | null;
  /** What is written and not yet in the file; null where there is no write-ahead log. */
  readonly walBytes: number | null;
  /** A rollback journal is there: a transaction writes, or was cut off. */
  readonly journalBytes: number | null;
  /** Null where the system does not tell. */
  readonly locks: readonly SqliteLock[] | null;
}

export type SqliteObservation =
  | { readonly kind: 'observed'; readonly report: SqliteReport }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Never throws. */
export async function observeSqliteFile(file: string): Promise<SqliteObservation> {
  const database = await stat(file).catch(() => null);
  if (database === null)
    return unavailable(`${file} is not there. Its program makes it when it first writes.`);
  const header = await readHeader(file).catch(() => undefined);
  if (header === undefined) return unavailable(`${file} cannot be read. Look at its permissions.`);
  if (header === null && database.size > 0) return unavailable(`${file} is no SQLite database.`);
  const [wal, journal, memory] = await Promise.all(
    ['-wal', '-journal', '-shm'].map(end => stat(`${file}${end}`).catch(() => null)),
  );
  const inodes = { database: database.ino, sharedMemory: memory?.ino ?? null };
  const locks = await readFile('/proc/locks', 'utf8').catch(() => null);
  return {
    kind: 'observed',
    report: {
      file,
      bytes: database.size,
      header,
      walBytes: wal?.size ?? null,
      journalBytes: journal && journal.size > 0 ? journal.size : null,
      locks: locks === null ? null : sqliteLocks(locks, inodes),
    },
  };
}

async function readHeader(file: string): Promise<SqliteHeader | null> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(headerBytes), 0, headerBytes, 0);
    return readSqliteHeader(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

function unavailable(reason: string): SqliteObservation {
  return { kind: 'unavailable', reason };
}
