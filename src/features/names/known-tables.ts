/** The tables that names in a file may mean, with their columns: those of the models, else those that revisions build. */

import type { DatabaseSchema, EnumType, Table } from '../../schema/schema.ts';
import { tableKey } from '../../schema/schema-change.ts';
import type { TableReference } from '../../sqlalchemy/places/name-place.ts';
import { belongsToMigrations } from '../../workspace/migrations/migration-files.ts';
import { revisionAt } from '../../workspace/migrations/revision-at.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { judgedSchema } from '../judging/judged-schema.ts';

export interface KnownTables {
  readonly enums: readonly EnumType[];
  /** By name. */
  readonly all: readonly Table[];
  /** Null where there is none, or where a name without a schema may mean several. */
  find(reference: TableReference): Table | null;
}

/** In a revision its own time counts first: what stands before it and after it. */
export function tablesFor(workspace: WorkspaceSnapshot, path: string): KnownTables {
  const today = tablesOfToday(workspace);
  if (!belongsToMigrations(workspace, path)) return today;
  for (const environment of workspace.environments) {
    const node = revisionAt(environment.graph, path);
    const moment = node && workspace.simulationOf(environment).find(({ id }) => id === node.id);
    if (!moment) continue;
    const enums = [...moment.before.enums, ...moment.after.enums, ...today.enums];
    return knownTables([...moment.before.tables, ...moment.after.tables, ...today.all], enums);
  }
  return today;
}

const known = new WeakMap<WorkspaceSnapshot['project']['models'], Today>();

interface Today {
  readonly environments: WorkspaceSnapshot['environments'];
  readonly tables: KnownTables;
}

/** The same object for as long as models and revisions are the same. */
function tablesOfToday(workspace: WorkspaceSnapshot): KnownTables {
  const { models } = workspace.project;
  const { environments } = workspace;
  const kept = known.get(models);
  if (kept?.environments === environments) return kept.tables;
  const schemas: DatabaseSchema[] = [judgedSchema(workspace, 'models')];
  if (environments.length > 0) schemas.push(judgedSchema(workspace, 'migrations'));
  const tables = knownTables(
    schemas.flatMap(schema => schema.tables),
    schemas.flatMap(({ enums }) => enums),
  );
  known.set(models, { environments, tables });
  return tables;
}

/** Of several of one name the first counts, with the columns of the others behind its own. */
function knownTables(tables: readonly Table[], enums: readonly EnumType[]): KnownTables {
  const byKey = new Map<string, Table>();
  for (const table of tables) {
    const key = tableKey(table);
    const first = byKey.get(key);
    byKey.set(key, first ? withColumnsOf(first, table) : table);
  }
  const byName = new Map<string, Table[]>();
  for (const table of byKey.values()) byName.set(table.name, [...(byName.get(table.name) ?? []), table]);
  return {
    all: [...byKey.values()].sort((a, b) => compare(a.name, b.name)),
    enums: [...new Map(enums.map(each => [each.name, each])).values()],
    find(reference) {
      const { schema, name } = reference;
      const exact = byKey.get(tableKey(reference));
      if (exact || schema !== null) return exact ?? null;
      const named = byName.get(name) ?? [];
      return named.length === 1 ? (named[0] ?? null) : null;
    },
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function withColumnsOf(table: Table, other: Table): Table {
  const names = new Set(table.columns.map(({ name }) => name));
  const more = other.columns.filter(({ name }) => !names.has(name));
  return more.length === 0 ? table : { ...table, columns: [...table.columns, ...more] };
}
