/** Reads the version table of each Alembic environment, each second while the view is visible, and tells of changes. */
import { DatabaseError } from '../../database/database-error.ts';
import { readAppliedRevisions } from '../../database/live/applied-revisions.ts';
import { readSqliteRevisions } from '../../database/sqlite/applied-revisions.ts';
import type {
  MigrationDatabase,
  MigrationEnvironmentInfo,
  MigrationProblem,
  MigrationsSnapshot,
} from '../../protocol/migrations.ts';
import type { ConnectionDesk } from './connection-desk.ts';
import type { EnvironmentDatabase } from './environment-database.ts';
import { environmentDatabase } from './environment-database.ts';
import type { KnownConnection } from './known-connections.ts';
import type { FoundEnvironment } from './ports.ts';
import type { TableSizesReading } from './table-sizes-reading.ts';

/** Half of the second within which an upgrade shows. */
const intervalMs = 500;
/** Branches move slowly, and asking git starts processes. */
const conflictIntervalMs = 30_000;
const leastConflictIntervalMs = 3000;

export interface MigrationsWatchPorts {
  readonly desk: ConnectionDesk;
  readonly sizes: TableSizesReading;
  readonly environments: () => readonly FoundEnvironment[];
  readonly known: () => readonly KnownConnection[];
  readonly changed: (snapshot: MigrationsSnapshot) => void;
}

export class MigrationsWatch {
  readonly #ports: MigrationsWatchPorts;
  /** By environment. */
  #databases = new Map<string, MigrationDatabase>();
  /** By environment: what a merge with the main branch would bring. */
  #conflicts = new Map<string, readonly MigrationProblem[]>();
  #conflictsAskedFor: readonly FoundEnvironment[] = [];
  #conflictsAskedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  #watching = false;
  #told = '';

  constructor(ports: MigrationsWatchPorts) {
    this.#ports = ports;
  }

  get watching(): boolean {
    return this.#watching;
  }

  begin(): void {
    this.#watching = true;
    this.#told = '';
    this.#tell();
    void this.#readAndPlan();
  }

  end(): void {
    this.#watching = false;
    clearTimeout(this.#timer);
  }

  /** For a changed graph or list of connections: shows the new files at once. */
  refresh(): void {
    if (!this.#watching) return;
    this.#tell();
    void this.#readAndPlan();
  }

  /** Reads the version tables now, watched or not. */
  async read(): Promise<MigrationsSnapshot> {
    await this.#readAll();
    // Who watches must not be left with an older state than what was answered here.
    if (this.#watching) this.#tell();
    return this.snapshot();
  }

  /** A new password: what failed for the old one is asked again. */
  forgetFailures(connectionId: string): void {
    for (const [id, database] of this.#databases) {
      if (database.kind === 'failed' && database.connectionId === connectionId) this.#databases.delete(id);
    }
    this.refresh();
  }

  snapshot(): MigrationsSnapshot {
    const environments = this.#ports.environments();
    return { environments: environments.map(environment => this.#info(environment)) };
  }

  async #readAndPlan(): Promise<void> {
    clearTimeout(this.#timer);
    void this.#readConflicts();
    await this.#readAll();
    if (!this.#watching) return;
    this.#tell();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#readAndPlan(), intervalMs);
  }

  /** For changed files soon, else now and then. */
  async #readConflicts(): Promise<void> {
    const environments = this.#ports.environments();
    const pause = this.#conflictsAskedFor === environments ? conflictIntervalMs : leastConflictIntervalMs;
    const isFresh = performance.now() - this.#conflictsAskedAt < pause;
    if (!this.#ports.desk.trusted || isFresh) return;
    this.#conflictsAskedFor = environments;
    this.#conflictsAskedAt = performance.now();
    const read = await Promise.all(
      environments.map(async each => [each.info.id, await each.conflicts()] as const),
    );
    if (this.#conflictsAskedFor !== environments) return;
    this.#conflicts = new Map(read);
    if (this.#watching) this.#tell();
  }

  /** Readings do not overlap: who asks during one gets its result. */
  #readAll(): Promise<void> {
    this.#reading ??= this.#readEach().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readEach(): Promise<void> {
    const environments = this.#ports.environments();
    const read = await Promise.all(
      environments.map(async environment => [environment.info.id, await this.#readOne(environment)] as const),
    );
    this.#databases = new Map(read);
  }

  async #readOne(environment: FoundEnvironment): Promise<MigrationDatabase> {
    const { desk } = this.#ports;
    const database = this.#databaseOf(environment);
    if (database.kind === 'none') return database;
    const { connection } = database;
    try {
      const rows = await this.#rowsOf(connection, environment);
      if (connection.target.kind === 'postgresql') {
        desk.noteSuccess(connection.id);
        void this.#ports.sizes.read(environment.info.id, connection);
      }
      const { current, unknown } = environment.stateOf(rows);
      return { kind: 'read', ...named(connection), current, unknown };
    } catch (error) {
      return this.#failed(connection, error, this.#databases.get(environment.info.id));
    }
  }

  #databaseOf(environment: FoundEnvironment): EnvironmentDatabase {
    const { desk, known } = this.#ports;
    if (desk.trusted) return environmentDatabase(environment, known(), desk.surroundings);
    return { kind: 'none', message: 'In Restricted Mode no database is asked which revisions it has.' };
  }

  async #rowsOf(
    { id, target }: KnownConnection,
    { versionTable }: FoundEnvironment,
  ): Promise<readonly string[]> {
    if (target.kind !== 'sqlite') return readAppliedRevisions(await this.#ports.desk.open(id), versionTable);
    if (!this.#ports.desk.trusted)
      throw new DatabaseError('unsupported', 'Nothing is opened in Restricted Mode.');
    const answer = await readSqliteRevisions(target.file ?? '', versionTable.name);
    if (answer.kind === 'unavailable') throw new DatabaseError('unsupported', answer.reason);
    return answer.revisions;
  }

  #failed(
    connection: KnownConnection,
    error: unknown,
    before: MigrationDatabase | undefined,
  ): MigrationDatabase {
    const reason = error instanceof DatabaseError ? error.reason : 'query';
    const own = error instanceof Error ? error.message : String(error);
    const message = this.#ports.desk.failureText(connection.id, { reason, message: own });
    if (connection.target.kind === 'postgresql') {
      this.#ports.desk.noteFailure(connection.id, { reason, message });
    }
    const again = before?.kind === 'failed' && before.connectionId === connection.id;
    return {
      kind: 'failed',
      ...named(connection),
      message,
      since: again ? before.since : Date.now(),
      needsPassword: reason === 'password',
    };
  }

  #info(environment: FoundEnvironment): MigrationEnvironmentInfo {
    const database = this.#databases.get(environment.info.id) ?? this.#notReadYet(environment);
    const state = isTelling(database) ? environment.stateOf(database.current) : null;
    const { drift, tables, doubts } = environment.schemas();
    return {
      ...environment.info,
      problems: [...environment.info.problems, ...(this.#conflicts.get(environment.info.id) ?? [])],
      drift,
      database,
      revisions: environment.revisions().map(revision => ({
        ...revision,
        tables: tables.get(revision.id) ?? [],
        doubts: doubts.get(revision.id) ?? [],
        state: state === null ? 'unknown' : state.applied.has(revision.id) ? 'applied' : 'pending',
        current: state?.current.includes(revision.id) ?? false,
      })),
    };
  }

  #notReadYet(environment: FoundEnvironment): MigrationDatabase {
    const database = this.#databaseOf(environment);
    if (database.kind === 'none') return database;
    return { kind: 'waiting', ...named(database.connection) };
  }

  #tell(): void {
    const snapshot = this.snapshot();
    const text = JSON.stringify(snapshot);
    if (text === this.#told) return;
    this.#told = text;
    this.#ports.changed(snapshot);
  }
}

function named({ id, label, marks }: KnownConnection) {
  return { connectionId: id, label, marks };
}

/** Of a database that stands at revisions which no file declares, it is not known what it has. */
function isTelling(database: MigrationDatabase): database is Extract<MigrationDatabase, { kind: 'read' }> {
  return database.kind === 'read' && (database.current.length > 0 || database.unknown.length === 0);
}
