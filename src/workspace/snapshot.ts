/** One immutable view of a workspace: files, settings, models, revision graphs. A change gives a new one. */

import type { RevisionOperations } from '../alembic/directives/operation.ts';
import type { MigrationEnvironment } from '../alembic/environment/environment.ts';
import type { RevisionGraph } from '../alembic/graph/graph.ts';
import type { SimulatedRevision } from '../alembic/simulation/simulate.ts';
import type { Problem } from '../base/problem.ts';
import type { RuleSettings } from '../rules/rule-settings.ts';
import type {
  EnvironmentSubject,
  MigrationDialect,
  RevisionSubject,
} from '../rules/shared/revisions/revision-subject.ts';
import type { DatabaseSchema } from '../schema/schema.ts';
import type { SchemaKeys } from '../schema/schema-keys.ts';
import type { SqlParser } from '../sql/parser.ts';
import type { Model } from '../sqlalchemy/model.ts';
import type { SqlAlchemyProject } from '../sqlalchemy/project.ts';
import type { SqlFile } from './files/read-sql-file.ts';
import type { RevisionText } from './migrations/graph-with.ts';
import type { SizesByEnvironment } from './migrations/table-sizes.ts';

export type SchemaSource = 'auto' | 'models' | 'migrations' | 'database' | 'none';

export interface WorkspaceSettings {
  readonly rules: RuleSettings;
  readonly schema: SchemaSource;
  readonly migrations: MigrationSettings;
}

export interface MigrationSettings {
  /** The newest revision that has run everywhere, whole or abbreviated: it and those before it are history. */
  readonly baseline: string | null;
  /** Patterns of the names of tables that stay small: locks on them are short. */
  readonly smallTables: readonly string[];
}

export interface FileProblem extends Problem {
  readonly path: string;
  /** What could stand at the range instead. */
  readonly nearest?: string;
}

export interface WorkspaceSnapshot {
  /** Absolute, with forward slashes. */
  readonly roots: readonly string[];
  /** Every Python file that was seen, sorted; those worth a parse are in `project.files`. */
  readonly pythonFiles: readonly string[];
  /** Files of SQL, sorted. */
  readonly sqlFiles: readonly string[];
  /** Configuration and environment files that were read, sorted. */
  readonly configurationFiles: readonly string[];
  readonly project: SqlAlchemyProject;
  readonly environments: readonly MigrationEnvironment[];
  readonly settings: WorkspaceSettings;
  readonly problems: readonly FileProblem[];
  /** Of one of `sqlFiles`; null for every other path. Read when asked for. */
  sqlFileOf(path: string): SqlFile | null;
  /** PostgreSQL's own parser. */
  readonly sql: SqlParser;
  /** Text of a file that was read: Python, configuration, environment files. */
  textOf(path: string): string | undefined;
  /** The schema that the given models declare. */
  schemaOf(models: Iterable<Model>): DatabaseSchema;
  /** What a revision file does; null where it is not known. Read when asked for. */
  operationsOf(path: string): RevisionOperations | null;
  /** Each revision of an environment with the schema before and after it, oldest first. */
  simulationOf(environment: MigrationEnvironment): readonly SimulatedRevision[];
  /** The schema that the revisions of the first environment build. */
  schemaOfRevisions(): DatabaseSchema;
  /** The file as a revision of each environment that has it. */
  revisionSubjects(path: string): readonly RevisionSubject[];
  environmentSubjects(): readonly EnvironmentSubject[];
  /** Of the database that an environment is for. */
  dialectOf(environment: MigrationEnvironment): MigrationDialect;
  /** What connected databases told of their tables: the same object until one tells otherwise. */
  readonly tableSizes: SizesByEnvironment;
  /** An environment's graph with more revision files, such as those of another branch. */
  graphWith(environment: MigrationEnvironment, files: readonly RevisionText[]): RevisionGraph;
  /** By which schemas are compared. */
  readonly sqlKeys: SchemaKeys;
}
