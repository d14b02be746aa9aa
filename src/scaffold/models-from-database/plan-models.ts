/** From tables to the plan of the models: which become classes, what everything is called, how it is related. */
import type { DatabaseSchema, Table } from '../../schema/schema.ts';
import { pluralOf, snakeOf } from '../names.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import { isKeyword } from '../python-names.ts';
import { tableLabel, targetLabel } from './choose-tables.ts';
import type { DatabasePlan, Link, PlannedEnum, PlannedModel } from './database-plan.ts';
import { className, NameGiver, plannedColumns, plannedEnum } from './name-parts.ts';
import { namedType } from './named-type.ts';
import {
  type ClassesByTable,
  isAssociation,
  type LinkedClass,
  linkAssociation,
  linkForeignKeys,
} from './plan-links.ts';

/** `tables` are those of the schema that are written; the schema tells what else they use. */
export function planModels(
  facts: ProjectFacts,
  schema: DatabaseSchema,
  tables: readonly Table[],
): DatabasePlan {
  const classes = new NameGiver([
    ...facts.models.map(model => model.name),
    ...facts.mixins.map(mixin => mixin.name),
    facts.base?.name ?? 'Base',
  ]);
  const mapped = tables.filter(table => table.primaryKey !== null && !isAssociation(table, tables));
  // Of two tables with one name, that of the search path's first schema gets the plain one.
  const byHome = mapped.toSorted((a, b) => Number(a.schema !== null) - Number(b.schema !== null));
  const names = new Map(byHome.map(table => [table, className(table, classes)]));
  const linked = mapped.map(table => linkedClass(table, names.get(table) ?? table.name));
  const enums = usedEnums(schema, tables).map(type => plannedEnum(type, classes));
  const bare = tables
    .filter(table => !mapped.includes(table))
    .map(table => ({ table, variable: variableOf(table) }));
  const existing = facts.models.flatMap(model => existingClass(model, tables, schema) ?? []);
  const byTable: ClassesByTable = new Map(
    [...existing, ...linked].map(each => [tableLabel(each.table), each]),
  );
  for (const owner of linked) linkForeignKeys(owner, byTable);
  for (const table of bare) if (isAssociation(table.table, tables)) linkAssociation(table, byTable);
  return {
    models: linked.map(
      (each): PlannedModel => ({
        table: each.table,
        name: each.name,
        columns: plannedColumns(each.table.columns),
        links: each.links,
      }),
    ),
    tables: bare,
    enums,
    additions: existing.flatMap(({ existing: model, links }) =>
      model === null ? [] : links.map((link): { model: ModelFact; link: Link } => ({ model, link })),
    ),
  };
}

function linkedClass(table: Table, name: string): LinkedClass {
  const columns = plannedColumns(table.columns);
  const attributes = new Map(columns.map(({ column, attribute }) => [column.name, attribute]));
  return {
    table,
    name,
    attributes,
    names: new NameGiver([...attributes.values(), 'metadata', 'registry']),
    links: [],
    existing: null,
  };
}

/** A model of the project that one of the tables points to. */
function existingClass(
  model: ModelFact,
  tables: readonly Table[],
  schema: DatabaseSchema,
): LinkedClass | null {
  const table = schema.tables.find(each => tableLabel(each) === model.table);
  const isTarget = tables.some(each => each.foreignKeys.some(key => targetLabel(key) === model.table));
  if (!table || !isTarget) return null;
  const names = new NameGiver(model.attributes);
  return { table, name: model.name, attributes: new Map(), names, links: [], existing: model };
}

function variableOf({ name }: Table): string {
  const snake = snakeOf(name);
  const plain = /^[a-z_]/.test(snake) ? snake : pluralOf(`table_${snake}`);
  return isKeyword(plain) ? `${plain}_` : plain;
}

function usedEnums(schema: DatabaseSchema, tables: readonly Table[]): readonly PlannedEnum['type'][] {
  const types = tables.flatMap(table => table.columns.map(column => column.type));
  return schema.enums.filter(each => types.some(type => namedType(type, [each]) !== null));
}
