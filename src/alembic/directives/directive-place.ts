/** What a string in a revision file names: tables and columns of directives, other revisions. */
import {
  type ArgumentPlace,
  argumentAround,
  argumentNamed,
  keywordOf,
  stringValue,
} from '../../python/argument-at.ts';
import type { Call, Expression, SyntaxNode } from '../../python/syntax.ts';
import type { ColumnOwner, StringRole, WrittenColumn } from '../../sqlalchemy/places/name-place.ts';
import type { FileFacts } from '../../sqlalchemy/project.ts';

/** Parameters in order; `columns of …` names the parameter with their table. */
type Parameters = Readonly<Record<string, 'table' | 'other' | `columns of ${string}`>>;

/** https://alembic.sqlalchemy.org/en/latest/ops.html */
const directives: Readonly<Record<string, Parameters>> = {
  add_column: { table_name: 'table' },
  alter_column: { table_name: 'table', column_name: 'columns of table_name' },
  batch_alter_table: { table_name: 'table' },
  create_check_constraint: { constraint_name: 'other', table_name: 'table' },
  create_exclude_constraint: { constraint_name: 'other', table_name: 'table' },
  create_foreign_key: {
    constraint_name: 'other',
    source_table: 'table',
    referent_table: 'table',
    local_cols: 'columns of source_table',
    remote_cols: 'columns of referent_table',
  },
  create_index: { index_name: 'other', table_name: 'table', columns: 'columns of table_name' },
  create_primary_key: { constraint_name: 'other', table_name: 'table', columns: 'columns of table_name' },
  create_table_comment: { table_name: 'table' },
  create_unique_constraint: {
    constraint_name: 'other',
    table_name: 'table',
    columns: 'columns of table_name',
  },
  drop_column: { table_name: 'table', column_name: 'columns of table_name' },
  drop_constraint: { constraint_name: 'other', table_name: 'table' },
  drop_index: { index_name: 'other', table_name: 'table' },
  drop_table: { table_name: 'table' },
  drop_table_comment: { table_name: 'table' },
  rename_table: { old_table_name: 'table' },
};

/** `path` leads to the literal. */
export function directiveRole(path: readonly SyntaxNode[], facts: FileFacts): StringRole | null {
  const revision = revisionRole(path);
  const place = argumentAround(path);
  if (revision || !place) return revision;
  const name = facts.meaningOf(place.call.function);
  if (name.kind === 'library' && name.name.startsWith('alembic.op.'))
    return roleIn(place, name.name.slice('alembic.op.'.length), null);
  const written = columnsAround(path, facts);
  if (written && isConstraint(place, facts)) return { kind: 'column', owner: written };
  const batch = batchTable(path, place.call, facts);
  const method = place.call.function.kind === 'attribute' ? place.call.function.attribute.id : '';
  return batch && roleIn(place, method, batch);
}

/** `down_revision = "…"`, also in a tuple. */
function revisionRole(path: readonly SyntaxNode[]): StringRole | null {
  const assignment = path.findLast(({ kind }) => kind === 'assignment');
  if (assignment?.kind !== 'assignment' || path.some(({ kind }) => kind === 'call' || kind === 'function'))
    return null;
  const [target] = assignment.targets;
  const isReference =
    target?.kind === 'name' && (target.id === 'down_revision' || target.id === 'depends_on');
  return isReference ? { kind: 'revision' } : null;
}

function roleIn(
  { call, argument, position }: ArgumentPlace,
  directive: string,
  batch: BatchTable | null,
): StringRole | null {
  const parameters = Object.entries(directives[directive] ?? {});
  // In a batch the table is that of the batch, and is not passed.
  const own = batch
    ? parameters.filter(([name]) => name !== 'table_name' && name !== 'source_table')
    : parameters;
  const name = argument.keyword?.id ?? (position === null ? undefined : own[position]?.[0]);
  const what = own.find(([each]) => each === name)?.[1];
  if (what === 'table') return { kind: 'table', schema: stringValue(schemaOf(call, name ?? '')) };
  if (what === undefined || what === 'other') return null;
  const of = what.slice('columns of '.length);
  const place = own.findIndex(([each]) => each === of);
  const table = place < 0 ? batch : tableNamed(call, place, of);
  return table && { kind: 'column', owner: { kind: 'table', table } };
}

interface BatchTable {
  readonly schema: string | null;
  readonly name: string;
}

function tableNamed(call: Call, position: number, name: string): BatchTable | null {
  const table = stringValue(argumentNamed(call, position, name));
  return table === null ? null : { name: table, schema: stringValue(schemaOf(call, name)) };
}

function schemaOf(call: Call, parameter: string): Expression | undefined {
  const name = /^(source|referent)_table$/.exec(parameter)?.[1];
  return keywordOf(call, name === undefined ? 'schema' : `${name}_schema`)?.value;
}

/** `with op.batch_alter_table("users") as batch:` around `batch.drop_column("…")`. */
function batchTable(path: readonly SyntaxNode[], call: Call, facts: FileFacts): BatchTable | null {
  const on = call.function.kind === 'attribute' ? call.function.value : null;
  if (on?.kind !== 'name') return null;
  for (const node of path.toReversed()) {
    if (node.kind !== 'with') continue;
    const item = node.items.find(({ target }) => target?.kind === 'name' && target.id === on.id);
    if (item?.context.kind !== 'call') continue;
    const isBatch = isLibrary(item.context, 'alembic.op.batch_alter_table', facts);
    return isBatch ? tableNamed(item.context, 0, 'table_name') : null;
  }
  return null;
}

/** The columns that `op.create_table(…)` makes, for the constraints beside them. */
function columnsAround(path: readonly SyntaxNode[], facts: FileFacts): ColumnOwner | null {
  const call = path.findLast(
    node => node.kind === 'call' && isLibrary(node, 'alembic.op.create_table', facts),
  );
  if (call?.kind !== 'call') return null;
  const columns = call.arguments.flatMap(({ value }): readonly WrittenColumn[] => {
    if (value.kind !== 'call' || !isLibrary(value, 'sqlalchemy.Column', facts)) return [];
    const [first] = value.arguments;
    const name = stringValue(first?.value);
    return name === null || !first
      ? []
      : [{ name, range: { start: first.value.start, end: first.value.end } }];
  });
  return { kind: 'written', columns };
}

const columnConstraints = new Set(
  ['PrimaryKeyConstraint', 'UniqueConstraint', 'Index'].map(name => `sqlalchemy.${name}`),
);

function isConstraint({ call, position }: ArgumentPlace, facts: FileFacts): boolean {
  const name = facts.meaningOf(call.function);
  if (name.kind !== 'library' || position === null) return false;
  if (name.name === 'sqlalchemy.ForeignKeyConstraint') return position === 0;
  return columnConstraints.has(name.name) && !(name.name === 'sqlalchemy.Index' && position === 0);
}

function isLibrary(call: Call, name: string, facts: FileFacts): boolean {
  const meaning = facts.meaningOf(call.function);
  return meaning.kind === 'library' && meaning.name === name;
}
