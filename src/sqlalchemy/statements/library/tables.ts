/** `table("t", column("x"), …)`, and a `Table("t", metadata, …)` that no module-level variable holds. */
import type { ColumnDraft, TableDraft } from '../../models/drafts.ts';
import { defaultMetadata } from '../../models/drafts.ts';
import { readTable } from '../../models/read-table.ts';
import { siteOf } from '../../reading/site.ts';
import { type Call, constantArgument, unknownAt } from '../evaluation.ts';
import type { TableColumn, TableForeignKey, TableFrom } from '../ir.ts';
import { METADATA } from '../metadata-tables.ts';
import { sqlTypeOf } from '../sql-type.ts';
import { defaultElement, foreignKeyTo, nextValueOf } from '../tables.ts';
import { type UnknownValue, unknownSql, type Value } from '../value.ts';
import type { LibraryFunction } from './library-function.ts';

export const tableFunctions: Readonly<Record<string, LibraryFunction>> = {
  table: call => {
    const name = constantArgument(call, 0, 'name');
    if (typeof name !== 'string') return nameless(call);
    const schema = constantArgument(call, 99, 'schema');
    const written = call.arguments.positional.slice(1);
    const columns = written.flatMap(({ value }) => {
      if (value.kind !== 'element' || value.element.kind !== 'column') return [];
      const { key, name: own, type } = value.element;
      return [{ ...plainColumn, key, name: typeof own === 'string' ? own : key, type }];
    });
    // A `Column` may have a default, which statements add.
    const isBare = written.every(({ node }) => node.kind !== 'call' || !hasDefault(node));
    if (columns.length < written.length || !isBare) return null;
    return tableValue(call, {
      name,
      schema: typeof schema === 'string' ? schema : null,
      columns,
      lightweight: true,
    });
  },
  Table: localTable,
};

function nameless(call: Call): UnknownValue {
  const detail = 'The name of this table is only known while the program runs.';
  return unknownSql(unknownAt('dynamic-sql', detail, call.at));
}

function hasDefault({ arguments: given }: Call['node']): boolean {
  return given.some(({ keyword }) =>
    /^(?:default|onupdate|server_default|insert_default)$/.test(keyword?.id ?? ''),
  );
}

const plainColumn = {
  primaryKey: false,
  autoincrement: false,
  insertDefault: null,
  updateDefault: null,
  serverDefault: false,
} as const;

type TableFacts = Pick<TableFrom, 'name' | 'schema' | 'columns'> & Partial<TableFrom>;

const madeBy = new WeakMap<Call['node'], TableFrom[]>();

/** One object for a call that is evaluated again: FROM elements are told apart by identity. */
function tableValue(call: Call, facts: TableFacts): Value {
  const made = madeBy.get(call.node) ?? [];
  const known = made.find(each => isSameTable(each, facts));
  if (known !== undefined) return { kind: 'from', from: known };
  const from: TableFrom = { kind: 'table', foreignKeys: [], model: null, complete: true, ...facts };
  madeBy.set(call.node, [...made, from]);
  return { kind: 'from', from };
}

function isSameTable(one: TableFrom, { name, schema, columns, unlikeDeclared }: TableFacts): boolean {
  return (
    one.name === name &&
    one.schema === schema &&
    one.unlikeDeclared === unlikeDeclared &&
    one.columns.length === columns.length &&
    one.columns.every(
      (each, index) => each.key === columns[index]?.key && each.type.name === columns[index]?.type.name,
    )
  );
}

/** Read as a declaration is, where its columns are written out. */
function localTable(call: Call): Value | null {
  const { file, names } = call.evaluation;
  const draft = readTable(call.node, siteOf(file, names), defaultMetadata);
  const reflected = reflectedTable(call, draft);
  if (reflected !== null || draft === null) return reflected;
  const keys = draft.columns.filter(each => each.primaryKey);
  return tableValue(call, {
    name: draft.name,
    schema: draft.schema,
    ...(isOfAnotherTime(call, draft) ? { unlikeDeclared: true } : {}),
    columns: draft.columns.map(each => localColumn(each, keys.length === 1)),
    foreignKeys: draft.columns.flatMap(foreignKeysOf),
    complete: !draft.incomplete,
  });
}

/** What revisions call keeps tables as they once were: the schema of today says nothing of statements over them. */
function isOfAnotherTime({ evaluation }: Call, { name, schema, columns }: TableDraft): boolean {
  const today = evaluation.tables.named(name, schema);
  if (today === null || !today.complete) return false;
  return columns.some(({ column }) => !today.columns.some(each => each.name === column));
}

/**
 * `Table(name, metadata, autoload_with=…)`, and `Table(name, metadata)` of one that `metadata.reflect()` has read. Null
 * where columns are written out, or where nothing says what reads them.
 */
function reflectedTable(call: Call, draft: TableDraft | null): Value | null {
  const name = draft?.name ?? constantArgument(call, 0, 'name');
  const isWritten = call.arguments.open !== null || call.arguments.positional.length > 2;
  if (name === undefined && call.arguments.positional.length > 1) return nameless(call);
  if (isWritten || typeof name !== 'string' || (draft?.columns.length ?? 0) > 0) return null;
  const schema = draft?.schema ?? constantArgument(call, 99, 'schema') ?? null;
  const from = call.evaluation.tables.reflected(name, typeof schema === 'string' ? schema : null);
  return from.unlikeDeclared && !isReflecting(call) ? null : { kind: 'from', from };
}

/** A table without columns of its own has those that were read from a database: into itself, or before into its metadata. */
function isReflecting({ arguments: { keywords, positional } }: Call): boolean {
  if (['autoload_with', 'autoload'].some(name => keywords.has(name))) return true;
  const metadata = positional[1]?.value;
  return metadata?.kind === 'python' && metadata.type === METADATA.type;
}

function localColumn(draft: ColumnDraft, onlyKey: boolean): TableColumn {
  const type = sqlTypeOf(draft.type?.text ?? null, draft.type?.sql ?? null, draft.type?.wraps);
  return {
    name: draft.column,
    key: draft.name,
    type,
    primaryKey: draft.primaryKey,
    autoincrement: draft.primaryKey && onlyKey && type.family === 'integer' && draft.foreignKeys.length === 0,
    insertDefault:
      nextValueOf(draft.sequence?.optional ? null : draft.sequence?.name) ??
      defaultElement(draft.default, type),
    updateDefault: defaultElement(draft.onUpdate, type),
    serverDefault: draft.serverDefault !== null || draft.identity !== null || draft.computed !== null,
    omitted: draft.omitted,
  };
}

function foreignKeysOf(draft: ColumnDraft): readonly TableForeignKey[] {
  return draft.foreignKeys.flatMap(({ target }) =>
    target.kind === 'text' ? [foreignKeyTo(target.text, draft.column)] : [],
  );
}
