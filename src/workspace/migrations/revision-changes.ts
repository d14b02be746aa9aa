/** What a revision does to the schema, from the schemas before and after it: as changes, as DDL, and which tables it touches. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import type { SimulatedRevision } from '../../alembic/simulation/simulate.ts';
import { changeSql } from '../../schema/change-sql.ts';
import { compareSchemas } from '../../schema/compare-schemas.ts';
import { renderSchema } from '../../schema/ddl.ts';
import { describeChange } from '../../schema/describe-change.ts';
import type { DatabaseSchema } from '../../schema/schema.ts';
import type { WorkspaceSnapshot } from '../snapshot.ts';

export interface RevisionChanges {
  /** A line a change. */
  readonly changes: readonly string[];
  /** As DDL; data is not in it. */
  readonly sql: string;
  readonly doubts: readonly string[];
  /** DDL of what differs. */
  readonly before: string;
  readonly after: string;
}

/** Null where the environment has no such revision. */
export function revisionChanges(
  workspace: WorkspaceSnapshot,
  environment: MigrationEnvironment,
  id: string,
): RevisionChanges | null {
  const revision = workspace.simulationOf(environment).find(each => each.id === id);
  if (!revision) return null;
  const changes = compareSchemas(revision.before, revision.after, workspace.sqlKeys);
  return {
    changes: changes.map(describeChange),
    sql: statements(changes.flatMap(changeSql)),
    doubts: [...new Set(revision.opaque.map(({ reason }) => reason))],
    before: statements(renderSchema(different(revision.before, revision.after))),
    after: statements(renderSchema(different(revision.after, revision.before))),
  };
}

function statements(sql: readonly string[]): string {
  return sql.map(each => `${each};\n`).join('\n');
}

/** What one schema has that is not the very same in the other. */
function different(schema: DatabaseSchema, other: DatabaseSchema): DatabaseSchema {
  const without = <Part>(parts: readonly Part[], others: readonly Part[]) => {
    const known = new Set(others);
    return parts.filter(part => !known.has(part));
  };
  return {
    tables: without(schema.tables, other.tables),
    enums: without(schema.enums, other.enums),
    sequences: without(schema.sequences, other.sequences),
    extensions: without(schema.extensions, other.extensions),
  };
}

/** Names of the tables that are not the same after the revision, in the order of the schema. */
export function touchedTables({
  before,
  after,
}: Pick<SimulatedRevision, 'before' | 'after'>): readonly string[] {
  if (before === after) return [];
  const changed = [...different(before, after).tables, ...different(after, before).tables];
  return [...new Set(changed.map(({ schema, name }) => (schema === null ? name : `${schema}.${name}`)))];
}
