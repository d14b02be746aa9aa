/** What may stand at the cursor in a string that names something: a table, a column, a class, an attribute, a revision. */
import type { Table } from '../../schema/schema.ts';
import type { MappedAttribute, Model } from '../../sqlalchemy/model.ts';
import type { ColumnOwner, NamePlace, StringRole } from '../../sqlalchemy/places/name-place.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { environmentsOf, modelsOf } from '../names/declarations.ts';
import { type KnownTables, tablesFor } from '../names/known-tables.ts';
import { attributeItem, modelItems } from './attribute-items.ts';
import { type CompletionItem, type Completions, orderOf, tableSubject } from './completion-item.ts';
import { columnDetail } from './schema-items.ts';

type StringPlace = Extract<NamePlace, { kind: 'name' }>;

export function stringCompletions(
  workspace: WorkspaceSnapshot,
  path: string,
  { name, role }: StringPlace,
): Completions | null {
  const before = name.text.slice(0, name.cursor);
  const { start, items } = found(workspace, path, { before, role });
  const asWritten = items.map(item => ({ ...item, insert: name.written(item.insert) }));
  if (items.length === 0) return null;
  const rest = /^[\p{L}\p{N}_]*/u.exec(name.text.slice(name.cursor))?.[0].length ?? 0;
  return {
    items: asWritten,
    inserted: name.toSource({ start, end: name.cursor }),
    replaced: name.toSource({ start, end: name.cursor + rest }),
    isIncomplete: false,
  };
}

interface Typed {
  /** The string up to the cursor. */
  readonly before: string;
  readonly role: StringRole;
}

interface Found {
  /** Where in the string the typed name begins. */
  readonly start: number;
  readonly items: readonly CompletionItem[];
}

function found(workspace: WorkspaceSnapshot, path: string, { before, role }: Typed): Found {
  const { models } = workspace.project;
  switch (role.kind) {
    case 'table':
      return { start: 0, items: tablesFor(workspace, path).all.map(tableName) };
    case 'column-path':
      return inPath(tablesFor(workspace, path), before);
    case 'column':
      return { start: 0, items: columnsOf(workspace, tablesFor(workspace, path), role.owner) };
    case 'class':
      return { start: 0, items: modelItems(models.values()) };
    case 'class-expression':
      return inExpression(models, before);
    case 'attribute':
      return { start: 0, items: attributes(role.model, isMapped) };
    case 'back-populates':
      return { start: 0, items: relationships(role.model, role.leadsTo) };
    case 'revision':
      return { start: 0, items: revisions(workspace, path) };
    case 'parameter':
      return { start: 0, items: role.names.map(parameterItem) };
  }
}

function parameterItem(name: string, index: number): CompletionItem {
  const order = orderOf(1, index);
  return { label: name, kind: 'parameter', detail: '', from: '', insert: name, order, subject: null };
}

/** Names are as they are: a string is no SQL, where some have to be quoted. */
function tableName(table: Table, index: number): CompletionItem {
  const { schema, name, columns } = table;
  return {
    label: name,
    kind: 'table',
    detail: '',
    from: schema ?? `${columns.length} columns`,
    insert: name,
    order: orderOf(2, index),
    subject: tableSubject(table),
  };
}

/** `schema.table.column`: at first whole paths to primary keys, which is what most foreign keys lead to. */
function inPath(tables: KnownTables, before: string): Found {
  const dot = before.lastIndexOf('.');
  const parts = before.split('.').slice(0, -1);
  if (dot < 0) return { start: 0, items: tables.all.map(keyPath) };
  const schema = parts.at(-2) ?? null;
  const table = tables.find({ name: parts.at(-1) ?? '', schema });
  if (table) return { start: dot + 1, items: columnNames(table) };
  const inSchema = tables.all.filter(each => parts.length === 1 && each.schema === parts[0]);
  return { start: dot + 1, items: inSchema.map(tableName) };
}

function keyPath(table: Table, index: number): CompletionItem {
  const { schema, name, primaryKey, columns } = table;
  const qualified = schema === null ? name : `${schema}.${name}`;
  const [key, ...more] = primaryKey?.columns ?? [];
  const column = more.length === 0 ? columns.find(each => each.name === key) : undefined;
  const path = column ? `${qualified}.${column.name}` : qualified;
  return {
    label: path,
    kind: column ? 'column' : 'table',
    detail: column ? columnDetail(column) : '',
    from: '',
    insert: path,
    order: orderOf(2, index),
    subject: tableSubject(table),
  };
}

function columnNames(table: Table): readonly CompletionItem[] {
  return table.columns.map((column, index) => ({
    label: column.name,
    kind: 'column',
    detail: columnDetail(column),
    from: table.name,
    insert: column.name,
    order: orderOf(1, index),
    subject: tableSubject(table),
  }));
}

function columnsOf(
  workspace: WorkspaceSnapshot,
  tables: KnownTables,
  owner: ColumnOwner,
): readonly CompletionItem[] {
  switch (owner.kind) {
    case 'written':
      return owner.columns.map(({ name }, index) => ({
        ...parameterItem(name, index),
        kind: 'column',
      }));
    case 'model':
      return owner.model.table ? columnNames(owner.model.table) : attributes(owner.model, isColumn);
    case 'table': {
      const table = tables.find(owner.table);
      if (table) return columnNames(table);
      return modelsOf(workspace, owner.table).flatMap(model => attributes(model, isColumn));
    }
  }
}

function attributes(
  model: Model,
  isWanted: (attribute: MappedAttribute) => boolean,
): readonly CompletionItem[] {
  return model.attributes
    .filter(isWanted)
    .map((attribute, index) => attributeItem(model, attribute, orderOf(1, index)));
}

function isMapped({ kind }: MappedAttribute): boolean {
  return kind !== 'plain';
}

function isColumn({ kind }: MappedAttribute): boolean {
  return kind === 'column';
}

/** Those that lead back to the class come first. */
function relationships(model: Model, leadsTo: Model | null): readonly CompletionItem[] {
  const all = model.attributes.filter(({ kind }) => kind === 'relationship');
  const back = all.filter(
    each => each.kind === 'relationship' && leadsTo !== null && each.target === leadsTo.qualifiedName,
  );
  return (back.length > 0 ? back : all).map((attribute, index) =>
    attributeItem(model, attribute, orderOf(1, index)),
  );
}

/** `User.id == foreign(Order.user_id)`. */
function inExpression(models: ReadonlyMap<string, Model>, before: string): Found {
  const typed = /(?:([\p{L}_][\p{L}\p{N}_]*)\.)?[\p{L}\p{N}_]*$/u.exec(before);
  const owner = typed?.[1];
  const start = before.length - (typed?.[0].length ?? 0) + (owner === undefined ? 0 : owner.length + 1);
  if (owner === undefined) return { start, items: modelItems(models.values()) };
  const named = [...models.values()].filter(({ name }) => name === owner);
  return { start, items: named.flatMap(model => attributes(model, isMapped)) };
}

/** The newest first, heads before all. */
function revisions(workspace: WorkspaceSnapshot, path: string): readonly CompletionItem[] {
  return environmentsOf(workspace, path).flatMap(({ graph }) =>
    graph.nodes
      .filter(({ revision }) => revision.path !== path)
      .map(({ id, revision: { message, createDate } }, index): CompletionItem => {
        const isHead = graph.heads.includes(id);
        return {
          label: id,
          kind: 'revision',
          detail: message,
          from: isHead ? 'head' : '',
          insert: id,
          filter: `${id} ${message}`,
          order: orderOf(isHead ? 1 : 2, graph.nodes.length - index),
          subject: { kind: 'text', text: [message, createDate].filter(Boolean).join('\n\n') },
        };
      }),
  );
}
