/** Which tables of a schema are written: those that were chosen, and those that they cannot do without. */
import type { DatabaseSchema, ForeignKey, Table } from '../../schema/schema.ts';
import type { ProjectFacts } from '../project-facts.ts';

/** `schema.name`, or the name alone in the search path's first schema. */
export function tableLabel({
  schema,
  name,
}: {
  readonly schema: string | null;
  readonly name: string;
}): string {
  return schema === null ? name : `${schema}.${name}`;
}

export function targetLabel({ targetSchema, targetTable }: ForeignKey): string {
  return tableLabel({ schema: targetSchema, name: targetTable });
}

/** Tables that the project has neither a model nor a `Table` for yet, Alembic's own left out. */
export function openTables({ tables }: DatabaseSchema, facts: ProjectFacts): readonly Table[] {
  const mapped = new Set([...facts.models.map(model => model.table), ...bareTables(facts)]);
  return tables.filter(table => !mapped.has(tableLabel(table)) && table.name !== 'alembic_version');
}

/** Those that a `Table` stands for, as for an association. */
function bareTables({ project, isOwnCode }: ProjectFacts): readonly string[] {
  return [...project.models.values()].flatMap(({ kind, schema, tableName, location }) =>
    kind === 'table' && tableName !== null && isOwnCode(location.path)
      ? [tableLabel({ schema, name: tableName })]
      : [],
  );
}

/** With the tables that they point to, which SQLAlchemy would not find otherwise. In the schema's order. */
export function withTargets(open: readonly Table[], chosen: readonly string[]): readonly Table[] {
  const names = new Set(chosen);
  for (const name of names) {
    const table = open.find(each => tableLabel(each) === name);
    for (const key of table?.foreignKeys ?? []) names.add(targetLabel(key));
  }
  return open.filter(table => names.has(tableLabel(table)));
}

/** Every foreign key with the columns that it points to: DDL may leave out those of the primary key. */
export function withTargetColumns(schema: DatabaseSchema): DatabaseSchema {
  const keys = new Map(schema.tables.map(table => [tableLabel(table), table.primaryKey?.columns ?? []]));
  const tables = schema.tables.map(table => ({
    ...table,
    foreignKeys: table.foreignKeys.map(key =>
      key.targetColumns.length > 0 ? key : { ...key, targetColumns: keys.get(targetLabel(key)) ?? [] },
    ),
  }));
  return { ...schema, tables };
}
