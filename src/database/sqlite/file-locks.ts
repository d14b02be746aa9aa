/** Who holds which lock on an SQLite file, from what Linux tells of all locks (`/proc/locks`). Pure. */

export type SqliteLockKind =
  | 'shared'
  | 'reserved'
  | 'pending'
  | 'exclusive'
  | 'wal reader'
  | 'wal writer'
  | 'checkpoint';

export interface SqliteLock {
  readonly pid: number;
  readonly kind: SqliteLockKind;
}

/** Inodes of the database and of its shared memory (`-shm`), where there is one. */
export interface LockedFiles {
  readonly database: number;
  readonly sharedMemory: number | null;
}

/** Bytes that SQLite locks, far behind what a database mostly holds. */
const pendingByte = 0x40000000;
const reservedByte = pendingByte + 1;
const sharedFirst = pendingByte + 2;
/** In the shared memory: writer, checkpointer, recovery, then the readers. */
const walFirst = 120;

/** `12: POSIX  ADVISORY  WRITE 4711 08:01:5374008 1073741826 1073742335`. */
const line =
  /^\d+: (?:POSIX|OFDLCK)\s+\S+\s+(READ|WRITE)\s+(-?\d+)\s+[0-9a-f]+:[0-9a-f]+:(\d+)\s+(\d+)\s+(\d+|EOF)/;

export function sqliteLocks(text: string, files: LockedFiles): readonly SqliteLock[] {
  return text.split('\n').flatMap(each => {
    const [, mode, pid, inode, start] = line.exec(each) ?? [];
    const kind =
      Number(inode) === files.database
        ? databaseLock(Number(start), mode)
        : files.sharedMemory !== null && Number(inode) === files.sharedMemory
          ? walLock(Number(start), mode)
          : null;
    return kind === null ? [] : [{ pid: Number(pid), kind }];
  });
}

function databaseLock(start: number, mode: string | undefined): SqliteLockKind | null {
  switch (start) {
    case pendingByte:
      return mode === 'WRITE' ? 'pending' : null;
    case reservedByte:
      return 'reserved';
    case sharedFirst:
      return mode === 'WRITE' ? 'exclusive' : 'shared';
    default:
      return null;
  }
}

function walLock(start: number, mode: string | undefined): SqliteLockKind | null {
  if (start === walFirst) return 'wal writer';
  if (start === walFirst + 1) return 'checkpoint';
  return start >= walFirst + 3 && mode === 'READ' ? 'wal reader' : null;
}
