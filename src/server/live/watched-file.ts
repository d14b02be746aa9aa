/** One SQLite file under watch: what the file itself tells, and the revisions that it stands at. */
import { Monitor } from '../../database/monitor.ts';
import { readSqliteRevisions } from '../../database/sqlite/applied-revisions.ts';
import { observeSqliteFile, type SqliteReport } from '../../database/sqlite/observe-file.ts';
import type { PoolReading, SqliteReading } from '../../protocol/pools.ts';
import type { KnownConnection } from './known-connections.ts';

/** Alembic's own name; a file may have another, which only its environment knows. */
const versionTable = 'alembic_version';

export class WatchedFile {
  readonly connection: KnownConnection;
  readonly #monitor: Monitor<PoolReading>;
  readonly #changed: () => void;
  #reading: PoolReading = { kind: 'waiting' };

  constructor(connection: KnownConnection, file: string, intervalMs: number, changed: () => void) {
    this.connection = connection;
    this.#changed = changed;
    this.#monitor = new Monitor({ intervalMs, read: () => readFileState(file) });
  }

  get reading(): PoolReading {
    return this.#reading;
  }

  start(): void {
    this.#monitor.listen(event => {
      if (event.kind !== 'observation') return;
      const before = this.#reading;
      const { observation } = event;
      // Since when it has been so, not since when it was last looked at.
      const same = before.kind === 'failed' && observation.kind === 'failed';
      this.#reading = same ? { ...observation, since: before.since } : observation;
      this.#changed();
    });
  }

  stop(): void {
    this.#monitor.dispose();
  }
}

async function readFileState(file: string): Promise<PoolReading> {
  const observation = await observeSqliteFile(file);
  if (observation.kind === 'unavailable')
    return { kind: 'failed', message: observation.reason, since: Date.now(), needsPassword: false };
  const revisions = await readSqliteRevisions(file, versionTable);
  return sqliteReading(observation.report, revisions.kind === 'revisions' ? revisions.revisions : null);
}

function sqliteReading(
  { file, bytes, header, walBytes, journalBytes, locks }: SqliteReport,
  revisions: readonly string[] | null,
): SqliteReading {
  const free = header === null ? 0 : header.freePages * header.pageSize;
  return {
    kind: 'sqlite',
    file,
    bytes,
    freeBytes: free,
    journal: header?.journal ?? null,
    walBytes,
    journalBytes,
    locks: locks?.map(({ pid, kind }) => `${kind}, process ${pid}`) ?? null,
    revisions,
  };
}
