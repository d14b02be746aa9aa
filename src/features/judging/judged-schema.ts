/** The schema that statements are judged by. */
import type { RevisionOperations } from '../../alembic/directives/operation.ts';
import { type DdlStatement, renderStatements } from '../../schema/ddl.ts';
import type { DatabaseSchema, Table } from '../../schema/schema.ts';
import { tableKey } from '../../schema/schema-change.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import { belongsToMigrations } from '../../workspace/migrations/migration-files.ts';
import type { SchemaSource, WorkspaceSnapshot } from '../../workspace/snapshot.ts';

export function judgedSchema(workspace: WorkspaceSnapshot, source: 'models' | 'migrations'): DatabaseSchema {
  return source === 'models' ? workspace.schemaOf(currentModels(workspace)) : workspace.schemaOfRevisions();
}

/** A revision keeps tables of its own time beside it, which would be mixed with those of today. */
function currentModels(workspace: Pick<WorkspaceSnapshot, 'environments' | 'project'>): readonly Model[] {
  return [...workspace.project.models.values()].filter(
    ({ location }) => !belongsToMigrations(workspace, location.path),
  );
}

export interface JudgedDdl {
  readonly statements: readonly DdlStatement[];
  /** The same for the same schema. */
  readonly fingerprint: string;
}

/** By whom statements are judged: kept checks hold for the same one, or for the same tables. */
export interface JudgedBy {
  /** The source of the schema, or what else tells one judge from another. */
  readonly name: string;
  /** Null where nothing is judged, or it is not known by which schema. */
  readonly ddl: JudgedDdl | null;
}

export const judgedByNobody: JudgedBy = { name: 'none', ddl: null };

export function judgedBy(workspace: WorkspaceSnapshot, source: Exclude<SchemaSource, 'auto'>): JudgedBy {
  if (source === 'none') return judgedByNobody;
  return { name: source, ddl: source === 'database' ? null : judgedDdl(workspace, source) };
}

/** The schema as a database gets it; the same object while neither models nor migrations change. */
export function judgedDdl(workspace: WorkspaceSnapshot, source: 'models' | 'migrations'): JudgedDdl {
  const kept = keptFor(workspace);
  kept[source] ??= renderDdl(workspace, source);
  return kept[source];
}

/** What was worked out of these models and environments. */
interface Kept {
  readonly environments: WorkspaceSnapshot['environments'];
  models?: JudgedDdl;
  migrations?: JudgedDdl;
  migrationsAreWhole?: boolean;
}

const keptByModels = new WeakMap<ReadonlyMap<string, Model>, Kept>();

function keptFor({ project, environments }: Pick<WorkspaceSnapshot, 'project' | 'environments'>): Kept {
  const known = keptByModels.get(project.models);
  if (known?.environments === environments) return known;
  const kept: Kept = { environments };
  keptByModels.set(project.models, kept);
  return kept;
}

function renderDdl(workspace: WorkspaceSnapshot, source: 'models' | 'migrations'): JudgedDdl {
  const statements = renderStatements(judgedSchema(workspace, source));
  return { statements, fingerprint: statements.map(({ sql }) => sql).join(';\n') };
}

/**
 * What the settings ask for. `auto` is the migrations where every revision was understood and they have all tables and
 * columns that the models have, since an incomplete schema would call correct statements wrong; else the models.
 */
export function judgedSource({ settings, ...workspace }: JudgedWorkspace): Exclude<SchemaSource, 'auto'> {
  if (settings.schema !== 'auto') return settings.schema;
  const kept = keptFor(workspace);
  kept.migrationsAreWhole ??= migrationsAreWhole(workspace);
  return kept.migrationsAreWhole ? 'migrations' : 'models';
}

type JudgedWorkspace = Pick<
  WorkspaceSnapshot,
  'settings' | 'environments' | 'project' | 'simulationOf' | 'operationsOf' | 'schemaOf' | 'schemaOfRevisions'
>;

/** Several environments are several databases, or parts of one: which statement goes where is not known. */
function migrationsAreWhole(workspace: Omit<JudgedWorkspace, 'settings'>): boolean {
  const [environment, ...others] = workspace.environments;
  if (environment === undefined || others.length > 0 || environment.graph.problems.length > 0) return false;
  const revisions = environment.graph.nodes.map(({ revision }) => workspace.operationsOf(revision.path));
  if (revisions.length === 0 || !revisions.every(isUnderstood)) return false;
  if (workspace.simulationOf(environment).some(({ opaque }) => opaque.length > 0)) return false;
  return holds(workspace.schemaOfRevisions(), workspace.schemaOf(currentModels(workspace)));
}

/** Statements that are built as expressions change rows; what else is executed without being readable may change tables. */
function isUnderstood(operations: RevisionOperations | null): boolean {
  return (
    operations?.upgrade.every(each => each.kind !== 'execute-expression' || changesRows.test(each.text)) ??
    false
  );
}

const changesRows = /^[\s(]*(?:\w+\.)*(?:update|insert|delete|select)\s*\(/;

/** Whether the first schema has each table and column of the second. */
function holds(schema: DatabaseSchema, other: DatabaseSchema): boolean {
  const tables = new Map(schema.tables.map(table => [tableKey(table), columnsOf(table)]));
  return other.tables.every(table => {
    const columns = tables.get(tableKey(table));
    return columns !== undefined && table.columns.every(({ name }) => columns.has(name));
  });
}

function columnsOf({ columns }: Table): ReadonlySet<string> {
  return new Set(columns.map(({ name }) => name));
}
