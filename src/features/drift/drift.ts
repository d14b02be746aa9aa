/**
 * Where models, revisions and a database differ: what would bring one up to another. What could not be read is told
 * beside it and never taken for a difference.
 */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import type { OpaqueOperation, SimulatedRevision } from '../../alembic/simulation/simulate.ts';
import { findRenames, type Rename, renameText } from '../../schema/find-renames.ts';
import type { DatabaseSchema, Table } from '../../schema/schema.ts';
import { isSameName, type SchemaChange, type TableName } from '../../schema/schema-change.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import { planChanges } from '../../workspace/files/plan-changes.ts';
import { environmentModels, modelsOf } from '../../workspace/migrations/environment-models.ts';
import { filterAnswer } from '../../workspace/migrations/filter-answer.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { certainChanges } from './certain-changes.ts';
import { withConventionalNames } from './named-constraints.ts';

export type DriftSource = 'models' | 'migrations';

export interface Drift {
  /** What a revision would have to do to bring the second side up to the first. */
  readonly changes: readonly SchemaChange[];
  /** Sentences on what could not be compared; empty where everything was. */
  readonly doubts: readonly string[];
  /** What is dropped and made in one go, and may have been renamed instead. */
  readonly guesses: readonly Rename[];
  /** The schemas as they were compared. */
  readonly before: DatabaseSchema;
  readonly after: DatabaseSchema;
}

export interface DescribedSchema {
  readonly schema: DatabaseSchema;
  readonly doubts: readonly string[];
  /** The revisions that build it; none for models and databases. */
  readonly revisions?: readonly SimulatedRevision[];
}

/** What the models or the revisions of an environment say; null stands for a workspace without one. */
export function describedSchema(
  workspace: WorkspaceSnapshot,
  environment: MigrationEnvironment | null,
  source: DriftSource,
): DescribedSchema {
  if (source === 'migrations' && environment !== null) return schemaOfRevisions(workspace, environment);
  const { models, doubt } = modelsOf(workspace, environment);
  const incomplete = models
    .filter(model => model.incomplete)
    .map(({ qualifiedName }) => `${qualifiedName} has bases or declarations that could not be read`);
  return { schema: workspace.schemaOf(models), doubts: [...(doubt === null ? [] : [doubt]), ...incomplete] };
}

function schemaOfRevisions(workspace: WorkspaceSnapshot, environment: MigrationEnvironment): DescribedSchema {
  const revisions = workspace.simulationOf(environment);
  const schema = revisions.at(-1)?.after ?? { tables: [], enums: [], sequences: [], extensions: [] };
  const doubts = revisions.flatMap(({ id, opaque }) =>
    opaque.map(({ reason }) => `revision ${id}: ${reason}`),
  );
  return { schema, doubts: [...new Set(doubts)], revisions };
}

export interface DriftSides {
  /** What there is. */
  readonly before: DescribedSchema;
  /** What there should be. */
  readonly after: DescribedSchema;
  /** Renamings that a person has confirmed. */
  readonly renames?: readonly Rename[];
}

export function driftBetween(
  workspace: WorkspaceSnapshot,
  environment: MigrationEnvironment | null,
  sides: DriftSides,
): Drift {
  if (sides.after.schema.tables.length === 0) return nothingToCompare(sides);
  const models = environmentModels(workspace, environment);
  const foreign = foreignTables(workspace, environment, models);
  const before = withoutTables(sides.before.schema, foreign);
  const after = withoutTables(sides.after.schema, foreign);
  const revisions = sides.before.revisions;
  const planned = planChanges(before, after, sides.renames ?? [], workspace.sqlKeys);
  const changes = revisions ? withConventionalNames(planned, models) : planned;
  const certain =
    environment && revisions
      ? certainChanges(changes, {
          revisions,
          environment,
          after,
          isForeign: ['sqlite', 'other'].includes(workspace.dialectOf(environment)),
          makesTables: makesTables(workspace),
          answer: filterAnswer(workspace, environment),
        })
      : { changes, doubts: [] };
  const doubts = [...certain.doubts, ...sides.before.doubts, ...sides.after.doubts];
  return { ...certain, doubts, guesses: findRenames(certain.changes), before, after };
}

/** No table at all is no wish for an empty database: what declares the tables was not found. */
function nothingToCompare({ before, after }: DriftSides): Drift {
  const doubts = ['no table was found to compare with', ...before.doubts, ...after.doubts];
  return { changes: [], doubts, guesses: [], before: before.schema, after: after.schema };
}

const making = new WeakMap<WorkspaceSnapshot['project'], boolean>();

/** `type(name, bases, {"__tablename__": …})`, or a class inside of a function whose table is named by its arguments. */
function makesTables({ project }: WorkspaceSnapshot): boolean {
  const known = making.get(project);
  if (known !== undefined) return known;
  const found = [...project.files.values()].some(({ text }) =>
    /["']__tablename__["']\s*:|^[ \t]{8,}__tablename__\s*=\s*f["']/m.test(text),
  );
  making.set(project, found);
  return found;
}

/**
 * Version tables, and the tables of the workspace's other environments, which may share the database: those that they
 * make, and those that they go on with, as a plugin does with a table that its application made.
 */
function foreignTables(
  workspace: WorkspaceSnapshot,
  environment: MigrationEnvironment | null,
  models: readonly Model[],
): (table: TableName) => boolean {
  const versions = workspace.environments.map(each => each.versionTable);
  const others = workspace.environments
    .filter(each => each !== environment)
    .flatMap(each => workspace.simulationOf(each).at(-1)?.after.tables ?? []);
  const continued = workspace.environments
    .filter(each => !sharesRevisions(each, environment))
    .flatMap(each => workspace.simulationOf(each).flatMap(({ opaque }) => opaque.flatMap(missingTable)));
  const own = environment === null || others.length === 0 ? [] : ownTables(workspace, environment, models);
  const isIn = (tables: readonly TableName[], table: TableName) =>
    tables.some(each => isSameName(each, table));
  return table =>
    isIn(versions, table) || isIn(continued, table) || (isIn(others, table) && !isIn(own, table));
}

/** Sections of one configuration may have their revisions in common. */
function sharesRevisions(one: MigrationEnvironment, other: MigrationEnvironment | null): boolean {
  return one.graph.nodes.some(({ id }) => other?.graph.byId.has(id) ?? false);
}

/** That an operation changes though no revision before it makes it. */
function missingTable({ operation, reason }: OpaqueOperation): readonly TableName[] {
  if (!/ is not in the schema that the revisions before build$/.test(reason)) return [];
  if (operation.kind === 'drop-table' || !('table' in operation)) return [];
  const { table } = operation;
  return table === null || typeof table === 'string' ? [] : [table];
}

/** An env.py without a target_metadata speaks of no model: then the tables that its revisions make are its own. */
function ownTables(
  workspace: WorkspaceSnapshot,
  environment: MigrationEnvironment,
  models: readonly Model[],
): readonly Table[] {
  const made = workspace.simulationOf(environment).at(-1)?.after.tables ?? [];
  if (environment.script?.targetMetadata.kind === 'none') return made;
  return [...workspace.schemaOf(models).tables, ...made];
}

function withoutTables(schema: DatabaseSchema, isForeign: (table: TableName) => boolean): DatabaseSchema {
  return { ...schema, tables: schema.tables.filter(table => !isForeign(table)) };
}

/** Schemas that a database has to be asked for besides the first of its search path. */
export function namedSchemas({ tables, enums }: DatabaseSchema): readonly string[] {
  const names = [...tables, ...enums].flatMap(({ schema }) => schema ?? []);
  return [...new Set(names)];
}

export interface RenamedDrift extends Drift {
  /** Confirmed renamings that are no guess: `orders.note=remark`. */
  readonly unfounded: readonly string[];
}

/** With renamings that a person has confirmed. A renamed table may show columns that were renamed as well. */
export function driftWithRenames(
  workspace: WorkspaceSnapshot,
  environment: MigrationEnvironment | null,
  sides: Omit<DriftSides, 'renames'>,
  confirmed: readonly string[],
): RenamedDrift {
  let renames: readonly Rename[] = [];
  for (;;) {
    const drift = driftBetween(workspace, environment, { ...sides, renames });
    const more = drift.guesses.filter(guess => confirmed.includes(renameText(guess)));
    if (more.length === 0) {
      const known = renames.map(renameText);
      return { ...drift, unfounded: confirmed.filter(each => !known.includes(each)) };
    }
    renames = [...renames, ...more];
  }
}
