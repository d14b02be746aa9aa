/**
 * What the live services need from the rest of the server: facts read from files, and a way to the client.
 * They know neither LSP nor the workspace.
 */
import type { Logger } from '../../base/logger.ts';
import type { VersionTable } from '../../database/live/applied-revisions.ts';
import type { TableSizes } from '../../database/live/table-sizes.ts';
import type { PoolDeclaration } from '../../database/pools.ts';
import type { ConnectionInfo, ConnectionMarks, ConnectionOrigin } from '../../protocol/connections.ts';
import type {
  DriftInfo,
  MigrationEnvironmentInfo,
  MigrationProblem,
  MigrationsSnapshot,
  RevisionInfo,
} from '../../protocol/migrations.ts';
import type { Place } from '../../protocol/place.ts';
import type { PoolsNews } from '../../protocol/pools-news.ts';

/** A database URL that somebody wrote down. */
export interface FoundConnection {
  /** As written; may hold a password, so never logged. */
  readonly url: string;
  /** A name that settings give it. */
  readonly name: string | null;
  readonly origin: ConnectionOrigin;
  /** Against which a relative SQLite file is meant: an absolute path. */
  readonly folder: string;
  readonly marks?: ConnectionMarks;
  /** Prints the password; null for none. */
  readonly passwordCommand?: readonly string[] | null;
}

/** An engine that code makes, as `database/pools.ts` wants it, with its place for the editor. */
export interface FoundPool extends PoolDeclaration {
  readonly place: Place;
  /** In words: `pool_size 5, max_overflow 5, pool_timeout 30 s`. */
  readonly settings: string;
}

/** Leads from a server's session to the code that it works for. */
export interface CodePort {
  /** The one statement of the workspace that has this shape; `text` is its place for people. */
  ofStatement(sql: string): { readonly text: string; readonly place: Place } | null;
  /** A path as a Python process has it, and a line from one. */
  ofPath(path: string, line: number): Place | null;
}

export interface FoundEnvironment {
  /** All that files tell; states are `unknown` and nothing is `current`. */
  readonly info: Omit<MigrationEnvironmentInfo, 'database' | 'revisions' | 'drift'>;
  /** Newest first. Read when somebody looks, and kept. */
  readonly revisions: () => readonly FoundRevision[];
  /** What takes a walk through all revisions to know; asked for when somebody looks, and kept. */
  readonly schemas: () => EnvironmentSchemas;
  /** Heads that a merge with the main branch would add: asks git, so only in trusted workspaces. */
  readonly conflicts: () => Promise<readonly MigrationProblem[]>;
  /** `sqlalchemy.url` of the configuration. */
  readonly url: string | null;
  /** True where env.py takes that URL and no other; false where it may ask the program's settings or the environment. */
  readonly urlIsFixed: boolean;
  /** Against which a relative SQLite file is meant: an absolute path. */
  readonly folder: string;
  readonly versionTable: VersionTable;
  /** `stateOf` of the room alembic, on this environment's graph. */
  readonly stateOf: (versionRows: readonly string[]) => AppliedState;
}

export type FoundRevision = Omit<RevisionInfo, 'state' | 'current' | 'tables' | 'doubts'>;

export interface EnvironmentSchemas {
  readonly drift: DriftInfo;
  /** By revision. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /** By revision: sentences on what was not followed. */
  readonly doubts: ReadonlyMap<string, readonly string[]>;
}

/** A part of alembic's `RevisionState`. */
export interface AppliedState {
  readonly applied: ReadonlySet<string>;
  readonly current: readonly string[];
  readonly unknown: readonly string[];
}

/** All that one snapshot of the workspace tells the live services. */
export interface LiveFacts {
  readonly connections: readonly FoundConnection[];
  readonly pools: readonly FoundPool[];
  readonly environments: readonly FoundEnvironment[];
  /** Addresses at which processes tell of their pools. */
  readonly telemetry: readonly string[];
  /** The setting `migrations.tableSizes`: whether the databases of environments are asked how large their tables are. */
  readonly tableSizes: boolean;
  /** The setting `checkConnection`, where `schema` is `database`; else null. */
  readonly checkConnection: string | null;
}

/** What a workspace names that names nothing. */
export const noLiveFacts: LiveFacts = {
  connections: [],
  pools: [],
  environments: [],
  telemetry: [],
  tableSizes: false,
  checkConnection: null,
};

export interface LivePorts {
  readonly logger: Logger;
  readonly code: CodePort;
  /** Asks the client's secret storage. */
  readonly askPassword: (connectionId: string) => Promise<string | null>;
  readonly connectionsChanged: (connections: readonly ConnectionInfo[]) => void;
  readonly poolsChanged: (snapshot: PoolsNews) => void;
  readonly migrationsChanged: (snapshot: MigrationsSnapshot) => void;
  /** How large the tables of each environment's database are, by environment; told when it is not what it was. */
  readonly tableSizesRead: (sizes: ReadonlyMap<string, TableSizes>) => void;
}
