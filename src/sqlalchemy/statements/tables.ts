/** Mapped classes and bare tables as FROM elements: one object for each table of a project, so that equal tables are the same. */
import type { LinkedProject, SecondaryJoin } from '../linked-project.ts';
import type { ColumnAttribute, InheritSide, Model } from '../model.ts';
import { columnOf } from './columns.ts';
import { conjunction, equals } from './elements.ts';
import { foreignKeyCondition, inheritCondition } from './foreign-keys.ts';
import type { Element, FromElement, SharedTable, TableColumn, TableForeignKey, TableFrom } from './ir.ts';
import { isLocal } from './local-tables.ts';
import { sharedBy } from './single-table.ts';
import { DATETIME, NULL_TYPE, type SqlType, sqlTypeOf } from './sql-type.ts';
import { tablesTogether } from './together.ts';

export interface Tables {
  /** Null where the model has no table of its own that could be read. */
  of(model: Model): TableFrom | null;
  /** The table, or those of the parents joined with it where the class inherits by joined tables. */
  joined(model: Model): FromElement | null;
  /** The same with the tables of subclasses that its mapping always loads with it. */
  selectable(model: Model): FromElement | null;
  /** The association table of a relationship. */
  between(secondary: SecondaryJoin): TableFrom | null;
  /** By the name in the database. */
  named(name: string, schema: string | null): TableFrom | null;
  /** As it is read from a database: the columns of its declaration, and others perhaps, without what Python adds. */
  reflected(name: string, schema: string | null): TableFrom;
}

const tablesByProject = new WeakMap<ReadonlyMap<string, Model>, Tables>();

export function tablesOf(linked: LinkedProject): Tables {
  const known = tablesByProject.get(linked.models);
  if (known !== undefined) return known;
  const byModel = new WeakMap<Model, TableFrom | null>();
  const joined = new WeakMap<Model, FromElement | null>();
  const together = new WeakMap<Model, FromElement | null>();
  const reflected = new Map<TableFrom | string, TableFrom>();
  const tables: Tables = {
    of: model => {
      const known = byModel.get(model);
      if (known !== undefined) return known;
      byModel.set(model, null);
      const parent =
        model.inherits?.style === 'single' ? linked.models.get(model.inherits.parent) : undefined;
      const mapped = model.kind === 'table' ? mappedTo(linked, model) : sharedVariable(linked, model);
      const same = parent ?? mapped;
      const table = same === undefined ? readTable(model, sharedBy(model, linked)) : tables.of(same);
      byModel.set(model, table);
      return table;
    },
    joined: model => {
      const known = joined.get(model);
      if (known !== undefined) return known;
      joined.set(model, null);
      const made = joinedTables(model, linked, tables);
      joined.set(model, made);
      return made;
    },
    selectable: model => {
      const names = model.polymorphic?.loadedWith ?? [];
      if (names.length === 0) return tables.joined(model);
      const known = together.get(model);
      if (known !== undefined) return known;
      const others = names.flatMap(name => linked.models.get(name) ?? []);
      const made = tablesTogether([model, ...others], tables.joined, 'left');
      together.set(model, made);
      return made;
    },
    between: ({ owner, table, schema }) => {
      const model = linked.models.get(owner);
      return model === undefined ? tables.named(table, schema) : tables.of(model);
    },
    named: (name, schema) => {
      const model = linked.modelOfTable(name, schema);
      return model === null ? null : tables.of(model);
    },
    reflected: (name, schema) => {
      const declared = tables.named(name, schema);
      const key = declared ?? `${schema ?? ''}.${name}`;
      const known = reflected.get(key) ?? readFromDatabase(declared ?? { name, schema });
      reflected.set(key, known);
      return known;
    },
  };
  tablesByProject.set(linked.models, tables);
  return tables;
}

/** The one class that is mapped to a table of its own name: columns of both are those of one FROM element. */
function mappedTo(linked: LinkedProject, { table, tableName, schema }: Model): Model | undefined {
  const found = table === null || tableName === null ? null : linked.modelOfTable(tableName, schema);
  const isMapped =
    found !== null && found.kind !== 'table' && found.table === table && found.inherits === null;
  return isMapped ? found : undefined;
}

/** The bare table, where several classes are mapped to it and name its columns as it does. */
function sharedVariable(linked: LinkedProject, model: Model): Model | undefined {
  const { tableVariable, tableName, schema } = model;
  if (tableVariable === undefined || tableName === null || model.inherits?.style === 'single')
    return undefined;
  const bare = linked.models.get(tableVariable);
  if (bare === undefined || linked.modelOfTable(tableName, schema) !== null) return undefined;
  const keys = new Set(bare.attributes.map(each => each.name));
  const own = model.attributes.filter(each => each.kind === 'column' && isIn(bare, each.column));
  return own.every(each => keys.has(each.name)) ? bare : undefined;
}

function isIn({ table }: Model, column: string): boolean {
  return table?.columns.some(each => each.name === column) ?? false;
}

function joinedTables(model: Model, linked: LinkedProject, tables: Tables): FromElement | null {
  const above = model.inherits?.style === 'single' ? linked.models.get(model.inherits.parent) : undefined;
  if (above !== undefined) return tables.joined(above);
  const own = tables.of(model);
  const parent = model.inherits?.style === 'joined' ? linked.models.get(model.inherits.parent) : undefined;
  if (own === null || parent === undefined) return own;
  const inherited = tables.joined(parent);
  const on = inherited && conditionBetween(model, inherited, own, { linked, tables });
  return inherited === null || on === null
    ? null
    : { kind: 'join', model, left: inherited, right: own, on, style: 'inner', at: null };
}

interface Known {
  readonly linked: LinkedProject;
  readonly tables: Tables;
}

/** As the mapping says, else by the foreign key. */
function conditionBetween(
  { inherits }: Model,
  inherited: FromElement,
  own: TableFrom,
  known: Known,
): Element | null {
  const written = inherits?.condition;
  if (written === undefined) return foreignKeyCondition(inherited, own) ?? inheritCondition(inherited, own);
  if (written === 'unknown') return null;
  const pairs = written.map(({ left, right }) => {
    const [one, two] = [left, right].map(side => columnOfSide(side, own, known));
    return one && two ? equals(one, two, null) : null;
  });
  const equal = pairs.filter(each => each !== null);
  return equal.length === pairs.length && equal.length > 0 ? conjunction('and', equal, null) : null;
}

function columnOfSide({ owner, name }: InheritSide, own: TableFrom, { linked, tables }: Known) {
  if (owner === null) return columnOf(own, name);
  const model = linked.models.get(owner);
  const table = model && tables.of(model);
  return table ? columnOf(table, name) : null;
}

function readTable(model: Model, shared: SharedTable | null): TableFrom | null {
  const name = model.table?.name ?? model.tableName;
  if (name === null) return null;
  const columns = model.inherits?.style === 'joined' ? model.table?.columns : undefined;
  const attributes = [...model.attributes, ...(shared?.columns ?? [])]
    .filter(each => each.kind === 'column')
    // What a joined parent maps stands in the parent's table.
    .filter(each => columns === undefined || columns.some(column => column.name === each.column))
    // So does what it maps under another name than the class its own column.
    .filter(
      (each, index, all) =>
        columns === undefined || all.findIndex(one => one.column === each.column) === index,
    );
  const order = new Map(model.table?.columns.map((column, index) => [column.name, index]));
  const place = (attribute: ColumnAttribute) => order.get(attribute.column) ?? order.size;
  const sorted = attributes.toSorted((one, two) => place(one) - place(two));
  const keys = sorted.filter(each => each.primaryKey);
  return {
    kind: 'table',
    name,
    schema: model.table?.schema ?? model.schema,
    columns: sorted.map(each => readColumn(each, keys.length === 1)),
    foreignKeys: foreignKeysOf(model),
    model,
    complete: !model.incomplete,
    ...(isLocal(model) ? { unlikeDeclared: true } : {}),
    ...(shared === null ? {} : { shared }),
  };
}

type Declared = Pick<TableFrom, 'name' | 'schema'> & Partial<TableFrom>;

function readFromDatabase({ name, schema, columns, foreignKeys }: Declared): TableFrom {
  const added = { insertDefault: null, updateDefault: null, omitted: false } as const;
  return {
    kind: 'table',
    name,
    schema,
    columns: columns?.map(each => ({ ...each, ...added, key: each.name })) ?? [],
    foreignKeys: foreignKeys ?? [],
    model: null,
    complete: false,
    reflected: true,
    ...(columns === undefined ? { unlikeDeclared: true } : {}),
  };
}

function readColumn(attribute: ColumnAttribute, onlyKey: boolean): TableColumn {
  const type = sqlTypeOf(attribute.type, attribute.sqlType, attribute.wraps);
  return {
    name: attribute.column,
    key: attribute.name,
    type,
    primaryKey: attribute.primaryKey,
    autoincrement:
      attribute.primaryKey && onlyKey && type.family === 'integer' && attribute.foreignKey === null,
    insertDefault: nextValueOf(attribute.sequence) ?? defaultElement(attribute.default, type),
    updateDefault: defaultElement(attribute.onUpdate ?? null, type),
    serverDefault: attribute.serverDefault !== null,
    ...(attribute.omitted ? { omitted: true } : {}),
  };
}

/** Null without an explicit sequence. */
export function nextValueOf(name: string | null | undefined): Element | null {
  return name == null ? null : { kind: 'next-value', name, schema: null, at: null };
}

/** `default=func.now()` prints as SQL; anything else that is no SQL expression becomes a parameter. */
export function defaultElement(text: string | null, type: SqlType): 'bind' | Element | null {
  if (text === null) return null;
  const call = text.match(/^(?:\w+\.)*func\.(\w+)\(\)$/)?.[1];
  if (call !== undefined) {
    const bare = /^(current_(date|time|timestamp|user)|localtime|localtimestamp|session_user|user)$/.test(
      call,
    );
    return {
      kind: 'function',
      name: call,
      packages: [],
      arguments: [],
      type: call === 'now' ? DATETIME : NULL_TYPE,
      bare,
      at: null,
    };
  }
  if (/\b(func|select|text|literal_column|next_value|Sequence)\b\s*[.(]/.test(text)) {
    const detail = `The default ${text} of a column is an SQL expression that is not understood.`;
    return {
      kind: 'unknown',
      unknown: { reason: 'unsupported-construct', detail, location: null },
      at: null,
    };
  }
  return type.family === 'null' && text === 'None' ? null : 'bind';
}

function foreignKeysOf(model: Model): readonly TableForeignKey[] {
  if (model.table !== null) {
    return model.table.foreignKeys.map(({ columns, targetSchema, targetTable, targetColumns }) => ({
      columns,
      targetSchema,
      targetTable,
      targetColumns,
    }));
  }
  return model.attributes.flatMap(attribute => {
    if (attribute.kind !== 'column' || attribute.foreignKey === null) return [];
    return [foreignKeyTo(attribute.foreignKey, attribute.column)];
  });
}

/** `target` is `table.column` or `schema.table.column`. */
export function foreignKeyTo(target: string, column: string): TableForeignKey {
  const parts = target.split('.');
  const targetColumn = parts.pop() ?? '';
  const targetTable = parts.pop() ?? '';
  return {
    columns: [column],
    targetSchema: parts.pop() ?? null,
    targetTable,
    targetColumns: [targetColumn],
  };
}
