/** An UPDATE of many rows in batches: each is committed by itself, and what is done is not done again. */
import type { Column, Table } from '../../schema/schema.ts';
import { sqlLiteral, stringLiteral } from '../migration/python-literal.ts';
import { snakeOf } from '../names.ts';
import { assign, call } from '../python-code/layout.ts';
import { isKeyword } from '../python-names.ts';
import { autocommit, line, type RecipeRequest, schemaOption, typeOf } from './recipe.ts';

export interface Backfill {
  readonly table: Table;
  readonly key: Column;
  readonly column: Column;
  /** An SQL expression over the table's columns. */
  readonly value: string;
}

/** Rows whose column is NULL get the value. */
export function backfillLines(
  { table, key, column, value }: Backfill,
  request: RecipeRequest,
): readonly string[] {
  const { style } = request;
  const name = variableOf(table.name);
  const literal = (text: string): string => stringLiteral(text, style);
  const member = (of: Column): string =>
    isPlain(of.name) ? `${name}.c.${of.name}` : `${name}.c[${literal(of.name)}]`;
  const declared = (of: Column) => call('sa.column', literal(of.name), typeOf(of.type, request));
  const definition = call(
    'sa.table',
    literal(table.name),
    declared(key),
    declared(column),
    ...schemaOption(table, request),
  );
  const set = {
    open: '{',
    elements: [`${literal(column.name)}: sa.text(${sqlLiteral(value, style)})`],
    close: '}',
  };
  return [
    ...line(assign(name, definition), style),
    `    left = sa.select(${member(key)}).where(${member(column)}.is_(None))`,
    `    batch = left.order_by(${member(key)}).limit(1000)`,
    '    # Committed batch by batch: begun again, it goes on with the rows that are left.',
    autocommit,
    '        connection = op.get_bind()',
    '        keys = connection.scalars(batch).all()',
    '        while keys:',
    ...line(assign('change', call('sa.update', name)), style, 12).map(
      each => `${each}.where(${member(key)}.in_(keys))`,
    ),
    ...line(call('connection.execute', call('change.values', set)), style, 12),
    `            keys = connection.scalars(batch.where(${member(key)} > keys[-1])).all()`,
  ];
}

function variableOf(table: string): string {
  const snake = snakeOf(table);
  return isKeyword(snake) || !/^[a-z_]/.test(snake) ? `table_${snake}` : snake;
}

function isPlain(name: string): boolean {
  return /^[a-z]\w*$/.test(name) && !isKeyword(name);
}
