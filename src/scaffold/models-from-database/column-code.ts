/** Columns, as attributes of a class and as arguments of `Table`. */
import type { Column, ForeignKey, Table } from '../../schema/schema.ts';
import { isSerial } from '../../schema/type-key.ts';
import { keyword, plainDefault, sqlLiteral, stringLiteral } from '../migration/python-literal.ts';
import { assign, type Code, call, layOut } from '../python-code/layout.ts';
import { targetLabel } from './choose-tables.ts';
import { type ColumnTypes, columnType, typeArgument } from './column-type.ts';
import { isImplied, nameArgument } from './constraint-names.ts';
import type { PlannedColumn } from './database-plan.ts';
import type { ModuleScope } from './module-scope.ts';

export interface TableContext {
  readonly scope: ModuleScope;
  readonly types: ColumnTypes;
  /** Templates of the metadata's naming convention. */
  readonly templates: ReadonlyMap<string, string>;
  /** Tables that foreign keys may point to: those with a model, before or now. */
  readonly targets: ReadonlySet<string>;
  readonly dataclass: boolean;
}

export function attributeLines(
  { column, attribute }: PlannedColumn,
  table: Table,
  context: TableContext,
): readonly string[] {
  const { scope, types } = context;
  const { annotation, argument } = columnType(column.type, types, scope);
  const isKey = table.primaryKey?.columns.includes(column.name) ?? false;
  const optional = column.nullable && !isKey;
  const values: readonly Code[] = [
    ...(attribute === column.name ? [] : [stringLiteral(column.name, scope.style)]),
    ...(argument === null ? [] : [argument]),
    ...columnArguments(column, table, context),
    ...(context.dataclass ? dataclassArguments(column, optional, table) : []),
  ];
  const declaration = `${attribute}: ${scope.use('sqlalchemy.orm', 'Mapped')}[${annotation()}${optional ? ' | None' : ''}]`;
  if (values.length === 0) return layOut(declaration, 4, scope.style);
  return layOut(
    assign(declaration, call(scope.use('sqlalchemy.orm', 'mapped_column'), ...values)),
    4,
    scope.style,
  );
}

/** As an argument of `Table`. */
export function columnCode(column: Column, table: Table, context: TableContext): Code {
  const { scope, types } = context;
  const { argument } = columnType(column.type, types, scope);
  const isKey = table.primaryKey?.columns.includes(column.name) ?? false;
  const type = argument ?? typeArgument(column.type, types, scope);
  return call(
    scope.sqlalchemy('Column'),
    stringLiteral(column.name, scope.style),
    type,
    ...columnArguments(column, table, context),
    ...(isKey || column.nullable ? [] : ['nullable=False']),
  );
}

function columnArguments(column: Column, table: Table, context: TableContext): readonly Code[] {
  const { scope } = context;
  const keys = table.foreignKeys.filter(key => key.columns.length === 1 && key.columns[0] === column.name);
  const comment =
    column.comment === null ? [] : [keyword('comment', stringLiteral(column.comment, scope.style))];
  return [
    ...keys
      .filter(key => context.targets.has(targetLabel(key)))
      .map(key => foreignKeyCode(key, table, context)),
    ...madeByDatabase(column, table, scope),
    ...keyFlags(column, table, keys.length > 0),
    ...flags(column, table, context),
    ...serverDefault(column, scope),
    ...comment,
  ];
}

function foreignKeyCode(key: ForeignKey, table: Table, context: TableContext): Code {
  const { scope } = context;
  const target = `${targetLabel(key)}.${key.targetColumns[0] ?? ''}`;
  return call(
    scope.sqlalchemy('ForeignKey'),
    stringLiteral(target, scope.style),
    ...foreignKeyOptions(key, table, context),
  );
}

export function foreignKeyOptions(
  key: ForeignKey,
  table: Table,
  { scope, templates }: TableContext,
): readonly Code[] {
  const referred = { table: key.targetTable, columns: key.targetColumns };
  const question = { kind: 'fk', name: key.name, table, columns: key.columns, referred } as const;
  const action = (name: string, value: string | null): readonly Code[] =>
    value === null || value === 'NO ACTION' ? [] : [keyword(name, stringLiteral(value, scope.style))];
  return [
    ...nameArgument(question, templates, scope),
    ...action('onupdate', key.onUpdate),
    ...action('ondelete', key.onDelete),
  ];
}

function madeByDatabase(column: Column, table: Table, scope: ModuleScope): readonly Code[] {
  if (column.computed) {
    const { expression, stored } = column.computed;
    return [
      call(
        scope.sqlalchemy('Computed'),
        sqlLiteral(expression, scope.style),
        `persisted=${stored ? 'True' : 'False'}`,
      ),
    ];
  }
  if (column.identity !== null) {
    return [call(scope.sqlalchemy('Identity'), ...(column.identity === 'always' ? ['always=True'] : []))];
  }
  return isPlainSerial(column, table) ? [sequenceCode(column, table, scope)] : [];
}

/** SQLAlchemy makes serials of primary keys alone: any other column needs its sequence said. Alembic expects no default beside it. */
function isPlainSerial({ name, type }: Column, { primaryKey }: Table): boolean {
  return isSerial(type) && !primaryKey?.columns.includes(name);
}

function sequenceCode(column: Column, table: Table, scope: ModuleScope): Code {
  const name = stringLiteral(`${table.name}_${column.name}_seq`, scope.style);
  const schema = table.schema === null ? [] : [keyword('schema', stringLiteral(table.schema, scope.style))];
  return call(scope.sqlalchemy('Sequence'), name, ...schema);
}

/** SQLAlchemy takes a lone integer without a foreign key for a serial unless told otherwise. */
function keyFlags(column: Column, { primaryKey }: Table, isReference: boolean): readonly string[] {
  if (!primaryKey?.columns.includes(column.name)) return [];
  const alone = primaryKey.columns.length === 1;
  const counts = column.identity !== null || isSerial(column.type);
  const isInteger =
    /^(?:small|big)?int/i.test(column.type) && column.default === null && column.computed === null;
  if (counts) return ['primary_key=True', ...(alone && !isReference ? [] : ['autoincrement=True'])];
  return ['primary_key=True', ...(alone && isInteger && !isReference ? ['autoincrement=False'] : [])];
}

function flags(column: Column, table: Table, { templates }: TableContext): readonly string[] {
  const unique = table.uniques.some(
    key =>
      key.columns.join('\0') === column.name &&
      isImplied({ kind: 'uq', name: key.name, table, columns: key.columns }, templates),
  );
  const index = table.indexes.some(
    each => isPlainIndex(each, table, templates) && each.elements[0] === column.name,
  );
  return [...(unique ? ['unique=True'] : []), ...(index ? ['index=True'] : [])];
}

/** An index that `index=True` makes. */
export function isPlainIndex(
  index: Table['indexes'][number],
  table: Table,
  templates: ReadonlyMap<string, string>,
): boolean {
  const { name, elements, unique, method, where, include } = index;
  const [element = ''] = elements;
  const plain = !unique && method === null && where === null && include.length === 0 && elements.length === 1;
  const isColumn = table.columns.some(column => column.name === element);
  return plain && isColumn && isImplied({ kind: 'ix', name, table, columns: [element] }, templates);
}

function serverDefault({ default: sql, identity, computed }: Column, scope: ModuleScope): readonly Code[] {
  if (sql === null || identity !== null || computed !== null) return [];
  return [keyword('server_default', defaultCode(sql, scope))];
}

/** `'open'::state` is a plain string, which the column's type reads again; `now()` is a function; else it is SQL. */
function defaultCode(sql: string, scope: ModuleScope): Code {
  const uncast = sql.replace(/('(?:[^'\\]|'')*')::(?:[\w ".]+(?:\(\d+(?:,\d+)?\))?)(?:\[\])*$/, '$1');
  const plain = plainDefault(uncast);
  if (plain !== null) return stringLiteral(plain, scope.style);
  const called = /^([a-z_][a-z0-9_]*)\(\)$/.exec(sql)?.[1];
  if (called !== undefined) return `${scope.sqlalchemy('func')}.${called}()`;
  return call(scope.sqlalchemy('text'), sqlLiteral(sql, scope.style));
}

/** What the database fills in, a dataclass does not ask for. */
function dataclassArguments(column: Column, optional: boolean, { primaryKey }: Table): readonly string[] {
  const counted = primaryKey?.columns.includes(column.name) && isSerial(column.type);
  if (counted || column.identity !== null || column.computed !== null || column.default !== null)
    return ['init=False'];
  return optional ? ['default=None'] : [];
}
