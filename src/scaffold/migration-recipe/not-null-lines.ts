/** NOT NULL without a scan under an exclusive lock: a CHECK that is added unproven, proven, and then taken for the proof. */
import { quoteIdentifier, quoteQualified } from '../../schema/identifier.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { keyword, stringLiteral } from '../migration/python-literal.ts';
import { call } from '../python-code/layout.ts';
import { autocommit, line, type RecipeRequest, schemaOption, text, typeOf } from './recipe.ts';

export interface NotNullLines {
  /** Adds the check and proves it. */
  readonly prove: readonly string[];
  readonly unprove: readonly string[];
  /** Makes the column NOT NULL, and drops the check. */
  readonly set: readonly string[];
  readonly unset: readonly string[];
}

export function notNullLines(table: Table, column: Column, request: RecipeRequest): NotNullLines {
  const { style } = request;
  const name = `ck_${table.name}_${column.name}_not_null`.slice(0, 63);
  const [owner, final] = [stringLiteral(table.name, style), `op.f(${stringLiteral(name, style)})`];
  const condition = text(`${quoteIdentifier(column.name)} IS NOT NULL`, request);
  const options = schemaOption(table, request);
  const add = call(
    'op.create_check_constraint',
    final,
    owner,
    condition,
    ...options,
    'postgresql_not_valid=True',
  );
  const drop = call(
    'op.drop_constraint',
    final,
    owner,
    ...options,
    keyword('type_', stringLiteral('check', style)),
  );
  const validate = `ALTER TABLE ${quoteQualified(table.schema, table.name)} VALIDATE CONSTRAINT ${quoteIdentifier(name)}`;
  const alter = (nullable: 'True' | 'False') =>
    call(
      'op.alter_column',
      owner,
      stringLiteral(column.name, style),
      keyword('existing_type', typeOf(column.type, request)),
      `nullable=${nullable}`,
      ...options,
    );
  return {
    prove: [
      ...line(add, style),
      '    # In a transaction of its own: reads and writes go on while the rows are looked at.',
      autocommit,
      ...line(call('op.execute', text(validate, request)), style, 8),
    ],
    unprove: line(drop, style),
    set: [...line(alter('False'), style), ...line(drop, style)],
    unset: [...line(add, style), ...line(alter('True'), style)],
  };
}
