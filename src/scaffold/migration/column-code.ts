/** Columns and constraints as a revision declares them: `sa.Column(…)`, `sa.ForeignKeyConstraint(…)`. */
import type { Column, ForeignKey, Table } from '../../schema/schema.ts';
import type { Constraint } from '../../schema/schema-change.ts';
import { isSerial } from '../../schema/type-key.ts';
import type { CodeStyle } from '../project-facts.ts';
import { type Code, call } from '../python-code/layout.ts';
import {
  finalName,
  keyword,
  namesLiteral,
  plainDefault,
  sqlLiteral,
  stringLiteral,
  textCode,
} from './python-literal.ts';
import { type TypeContext, typeCode } from './type-code.ts';

/** `primaryKey` are the columns of the table's key: SQLAlchemy makes its lone integer a serial unless told otherwise. */
export function columnCode(column: Column, primaryKey: readonly string[], context: TypeContext): Code {
  const { style } = context;
  const value = valueCode(column, style);
  return call(
    'sa.Column',
    stringLiteral(column.name, style),
    typeCode(column.type, context),
    ...(value === null ? [] : [value]),
    ...autoincrement(column, primaryKey),
    `nullable=${column.nullable ? 'True' : 'False'}`,
    ...(column.comment === null ? [] : [keyword('comment', stringLiteral(column.comment, style))]),
  );
}

/** What the database fills the column with; null for nothing. */
function valueCode(column: Column, style: CodeStyle): Code | null {
  if (column.computed) {
    const persisted = column.computed.stored ? 'True' : 'False';
    return call('sa.Computed', stringLiteral(column.computed.expression, style), `persisted=${persisted}`);
  }
  if (column.identity !== null) return identityCode(column.identity);
  return column.default === null ? null : keyword('server_default', defaultCode(column.default, style));
}

export function identityCode(identity: 'always' | 'by-default'): Code {
  return identity === 'always' ? call('sa.Identity', 'always=True') : call('sa.Identity');
}

/** A plain string stands for itself; everything else is SQL. */
export function defaultCode(sql: string, style: CodeStyle): Code {
  const plain = plainDefault(sql);
  return plain === null ? textCode(sql, style) : stringLiteral(plain, style);
}

function autoincrement(column: Column, primaryKey: readonly string[]): readonly string[] {
  if (!primaryKey.includes(column.name) || column.identity !== null) return [];
  const alone = primaryKey.length === 1;
  if (isSerial(column.type)) return alone ? [] : ['autoincrement=True'];
  const countsByItself =
    alone && /^(?:small|big)?int(?:eger)?\b/i.test(column.type) && column.default === null;
  return countsByItself ? ['autoincrement=False'] : [];
}

/** As an argument of `op.create_table`. */
export function constraintCode(constraint: Constraint, context: TypeContext): Code {
  const { style } = context;
  switch (constraint.kind) {
    case 'primary-key':
    case 'unique': {
      const { name, columns } = constraint.key;
      const callee = constraint.kind === 'unique' ? 'sa.UniqueConstraint' : 'sa.PrimaryKeyConstraint';
      return call(callee, ...columns.map(column => stringLiteral(column, style)), ...nameCode(name, style));
    }
    case 'foreign-key': {
      const { key } = constraint;
      const target = key.targetSchema === null ? key.targetTable : `${key.targetSchema}.${key.targetTable}`;
      const targets = targetColumns(key, context).map(column => `${target}.${column}`);
      return call(
        'sa.ForeignKeyConstraint',
        namesLiteral(key.columns, style),
        namesLiteral(targets, style),
        ...nameCode(key.name, style),
        ...actionCode(key, style),
      );
    }
    case 'check':
      return call(
        'sa.CheckConstraint',
        checkText(constraint.check.expression, style),
        ...nameCode(constraint.check.name, style),
      );
  }
}

/** Alembic takes a check's text as SQLAlchemy's `text()`: what is no parameter must not look like one. */
export function checkText(expression: string, style: CodeStyle): Code {
  return sqlLiteral(expression, style);
}

function nameCode(name: string | null, style: CodeStyle): readonly Code[] {
  return name === null ? [] : [keyword('name', finalName(name, style))];
}

export function actionCode(key: ForeignKey, style: CodeStyle): readonly Code[] {
  const action = (name: string, value: string | null) =>
    value === null ? [] : [keyword(name, stringLiteral(value, style))];
  return [...action('onupdate', key.onUpdate), ...action('ondelete', key.onDelete)];
}

/** Without columns of its own a foreign key refers to the target's primary key. */
export function targetColumns(key: ForeignKey, { schemas }: TypeContext): readonly string[] {
  if (key.targetColumns.length > 0) return key.targetColumns;
  const tables = schemas.flatMap((schema): readonly Table[] => schema.tables);
  return tables.find(({ name }) => name === key.targetTable)?.primaryKey?.columns ?? [];
}
