/** Alembic environments, their revisions, and which of them the database has. */
import type { Answers, Question } from '../base/question.ts';
import type { ConnectionMarks } from './connections.ts';
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
  /**
   * Heads between which `alembic upgrade head` cannot choose. None where each is of a labelled branch of its own, or where
   * the graph is broken, so that revisions only look like heads.
   */
  readonly competingHeads: readonly string[];
  readonly problems: readonly MigrationProblem[];
  /** Where the models and the revisions differ; null while nobody has asked. */
  readonly drift: DriftInfo | null;
  readonly database: MigrationDatabase;
}

export interface DriftInfo {
  /** What a revision from the models would do, a line each. */
  readonly operations: readonly string[];
  /** Sentences on what could not be compared. */
  readonly doubts: readonly string[];
}

/** The database that the marks come from. */
export type MigrationDatabase =
  | { readonly kind: 'none'; readonly message: string }
  | (NamedDatabase & { readonly kind: 'waiting' })
  | (NamedDatabase & {
      readonly kind: 'read';
      /** The version table's rows. */
      readonly current: readonly string[];
      /** Rows that no revision file is known for. */
      readonly unknown: readonly string[];
    })
  | (NamedDatabase & {
      readonly kind: 'failed';
      readonly message: string;
      readonly since: number;
      readonly needsPassword: boolean;
    });

interface NamedDatabase {
  readonly connectionId: string;
  readonly label: string;
  /** Its colour, and whether it must not be changed by mistake. */
  readonly marks: ConnectionMarks;
}

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
  /** What its upgrade deletes, as far as it was read: `orders.note`, `all rows of carts`. */
  readonly loses: readonly string[];
  /** The docstring's `Create Date`, as written. */
  readonly created: string | null;
  /** Tables that are not the same after it; empty while nobody has asked. */
  readonly tables: readonly string[];
  /** Sentences on what was not followed of its upgrade; empty while nobody has asked. */
  readonly doubts: readonly string[];
  /** The same for files that do the same, whatever their comments say. */
  readonly fingerprint: string;
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

export interface RevisionQuestion {
  /** `MigrationEnvironmentInfo.id`. */
  readonly environment: string;
  readonly revision: string;
}

/** What a revision does to the schema. */
export interface RevisionDetails {
  /** A line a change. */
  readonly changes: readonly string[];
  /** The same as DDL; data is not in it. */
  readonly sql: string;
  /** Sentences on what could not be followed. */
  readonly doubts: readonly string[];
  /** DDL of the tables and types that differ, before and after. */
  readonly before: string;
  readonly after: string;
}

/** Client to server. Null where there is no such revision any more. */
export const revisionDetails = requestType<RevisionQuestion, RevisionDetails | null>('migrations/details');

export interface MigrationQuestionsOf {
  /** `MigrationEnvironmentInfo.id`. */
  readonly environment: string;
}

/** Client to server: what New Migration… asks. Fails while the workspace is being read. */
export const migrationQuestions = requestType<MigrationQuestionsOf, readonly Question[]>(
  'migrations/questions',
);

export interface MigrationCheck extends MigrationQuestionsOf {
  readonly path: readonly string[];
  readonly value: string;
  /** Answers so far. */
  readonly answers: Answers;
}

/** Called as the user types. Null where the value is good, else why it is not. */
export const migrationCheck = requestType<MigrationCheck, string | null>('migrations/check');

export interface MigrationDraftQuestion extends MigrationQuestionsOf {
  /** Those of New Migration…, and confirmed renamings as `renames`: `orders.note=remark`. */
  readonly answers: Answers;
}

/** One revision, or several that follow each other; not written yet. */
export type MigrationDraft =
  | { readonly kind: 'failed'; readonly problem: string }
  | {
      readonly kind: 'drafted';
      readonly files: readonly { readonly uri: string; readonly text: string }[];
      /** A line a change, where they are those of the models. */
      readonly operations: readonly string[];
      /** What is dropped and made, and may have been renamed instead. */
      readonly guesses: readonly RenameGuess[];
      /** Sentences on what the reader has to look after. */
      readonly notes: readonly string[];
    };

export interface RenameGuess {
  /** As the answer `renames` takes it. */
  readonly value: string;
  /** `orders.note to remark`. */
  readonly label: string;
}

/** Client to server: what New Migration… would write, where it needs no Alembic. */
export const draftMigration = requestType<MigrationDraftQuestion, MigrationDraft>('migrations/draft');
