/** Alembic environments, their revisions, and which of them the database has. */
import type { Nothing } from './message.ts';
import { notificationType, requestType } from './message.ts';
import type { Place } from './place.ts';

export interface MigrationsSnapshot {
  readonly environments: readonly MigrationEnvironmentInfo[];
}

export interface MigrationEnvironmentInfo {
  /** Configuration file and section: unique in the workspace. */
  readonly id: string;
  readonly label: string;
  /** Path of alembic.ini or pyproject.toml, as the file system has it: what `alembic -c` takes. */
  readonly configPath: string;
  /** `alembic -n`; null for the default section. */
  readonly section: string | null;
  /** Newest first, as `alembic history` lists them. */
  readonly revisions: readonly RevisionInfo[];
  readonly heads: readonly string[];
  readonly problems: readonly MigrationProblem[];
  readonly database: MigrationDatabase;
}

/** The database that the marks come from. */
export type MigrationDatabase =
  | { readonly kind: 'none'; readonly message: string }
  | { readonly kind: 'waiting'; readonly connectionId: string; readonly label: string }
  | {
      readonly kind: 'read';
      readonly connectionId: string;
      readonly label: string;
      /** The version table's rows. */
      readonly current: readonly string[];
      /** Rows that no revision file is known for. */
      readonly unknown: readonly string[];
    }
  | {
      readonly kind: 'failed';
      readonly connectionId: string;
      readonly label: string;
      readonly message: string;
      readonly since: number;
      readonly needsPassword: boolean;
    };

export interface RevisionInfo {
  readonly id: string;
  readonly message: string;
  readonly down: readonly string[];
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  /** `unknown` where no database could be asked. */
  readonly state: 'applied' | 'pending' | 'unknown';
  readonly head: boolean;
  readonly current: boolean;
  /** More than one revision follows. */
  readonly branchPoint: boolean;
  /** `creates orders; index on orders.user_id`; empty where nothing is known. */
  readonly summary: string;
  readonly place: Place;
}

export interface MigrationProblem {
  readonly code: string;
  readonly message: string;
  readonly place: Place | null;
}

/** Client to server: the graph with what is known of the database, for commands. */
export const listMigrations = requestType<Nothing, MigrationsSnapshot>('migrations/list');

/** Client to server: read the version tables at once and each second from now on. */
export const watchMigrations = notificationType<Nothing>('migrations/watch');

export const unwatchMigrations = notificationType<Nothing>('migrations/unwatch');

/** Server to client: files or version tables changed. */
export const migrationsChanged = notificationType<MigrationsSnapshot>('migrations/changed');
