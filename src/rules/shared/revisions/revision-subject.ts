/** What a migration rule looks at: a revision with its steps and schemas, one action in it, or an environment as a whole. */

import type { TableName } from '../../../alembic/directives/operation.ts';
import type { MigrationEnvironment } from '../../../alembic/environment/environment.ts';
import type { Revision } from '../../../alembic/revision/revision.ts';
import type { Action, ActionKind, ActionOf } from '../../../alembic/simulation/action.ts';
import type { MigrationStep } from '../../../alembic/simulation/steps.ts';
import type { DatabaseSchema } from '../../../schema/schema.ts';

export interface RevisionSubject {
  readonly environment: MigrationEnvironment;
  readonly revision: Revision;
  readonly standing: Standing;
  readonly dialect: MigrationDialect;
  readonly upgrade: readonly MigrationStep[];
  readonly downgrade: readonly MigrationStep[];
  /** What the revisions before it build. */
  readonly before: DatabaseSchema;
  /** Whether that is surely right: the revisions before it do nothing that could not be followed. */
  readonly isBeforeCertain: boolean;
  readonly after: DatabaseSchema;
  /** What its own downgrade makes of `after`. */
  readonly restored: DatabaseSchema;
  /** What all revisions build. */
  readonly latest: DatabaseSchema;
  /** Made by revisions that surely run in the same upgrade, so that they are empty. Names as `schema.name`. */
  readonly madeInRun: ReadonlySet<string>;
  /** Null where no connection tells it: then the table is taken to be large. */
  readonly sizeOf: (table: TableName) => TableSize | null;
  /** Whether the settings name it among the tables that stay small. */
  readonly isCalledSmall: (table: TableName) => boolean;
}

export type ActionSubject<Kind extends ActionKind = ActionKind> = SubjectOf<ActionOf<Kind>>;

/** An action of the upgrade, and the step that it is a part of. */
interface SubjectOf<Of extends Action> {
  readonly action: Of;
  readonly step: MigrationStep;
  readonly revision: RevisionSubject;
}

export interface EnvironmentSubject {
  readonly environment: MigrationEnvironment;
  readonly dialect: MigrationDialect;
  readonly imports: ImportClosure;
  /** Keys of the tables that the revisions build. */
  readonly tables: ReadonlySet<string>;
}

/** What env.py imports, directly or through what it imports. */
export interface ImportClosure {
  readonly modules: ReadonlySet<string>;
  /** False where a module of the project could not be followed, or modules are looked for at run time. */
  readonly complete: boolean;
}

/** What a server says of a table. */
export interface TableSize {
  /** Estimated; null where the server never looked. */
  readonly rows: number | null;
  /** With indexes and TOAST. */
  readonly bytes: number;
  /** Which database says so, for people. */
  readonly database: string;
}

/** `unknown` is taken for PostgreSQL. */
export type MigrationDialect = 'postgresql' | 'sqlite' | 'other' | 'unknown';

/** Whether a revision has still to run. `known` is false where nobody says so and only its place in the graph speaks. */
export interface Standing {
  readonly kind: 'pending' | 'history';
  readonly known: boolean;
}
