/** What belongs to a table as a whole: constraints of several columns, indexes, its schema and comment. */
import type { Index, Table } from '../../schema/schema.ts';
import {
  columnOfElement,
  keyword,
  namesLiteral,
  sqlLiteral,
  stringLiteral,
} from '../migration/python-literal.ts';
import { assign, type Code, call, layOut, tuple } from '../python-code/layout.ts';
import { targetLabel } from './choose-tables.ts';
import { columnCode, foreignKeyOptions, isPlainIndex, type TableContext } from './column-code.ts';
import { isImplied, nameArgument } from './constraint-names.ts';
import type { PlannedTable } from './database-plan.ts';

/** The lines of `__table_args__`; none where the table needs none. */
export function tableArguments(table: Table, context: TableContext): readonly string[] {
  const { style } = context.scope;
  const options = tableOptions(table);
  const dictionary = options.map(
    ([key, value]) => `${stringLiteral(key, style)}: ${stringLiteral(value, style)}`,
  );
  const elements: readonly Code[] = [
    ...constraints(table, context),
    ...(dictionary.length > 0 ? [{ open: '{', elements: dictionary, close: '}' }] : []),
  ];
  return elements.length === 0 ? [] : layOut(assign('__table_args__', tuple(elements)), 4, style);
}

function tableOptions({ schema, comment }: Table): readonly (readonly [string, string])[] {
  return [
    ...(comment === null ? [] : [['comment', comment] as const]),
    ...(schema === null ? [] : [['schema', schema] as const]),
  ];
}

/** A table that no class stands for, as a variable of its module. */
export function tableLines(
  { table, variable }: PlannedTable,
  base: string,
  context: TableContext,
): readonly string[] {
  const { scope } = context;
  const options = tableOptions(table).map(([key, value]) => keyword(key, stringLiteral(value, scope.style)));
  const value = call(
    scope.sqlalchemy('Table'),
    stringLiteral(table.name, scope.style),
    `${base}.metadata`,
    ...table.columns.map(column => columnCode(column, table, context)),
    ...constraints(table, context),
    ...options,
  );
  return layOut(assign(variable, value), 0, scope.style);
}

function constraints(table: Table, context: TableContext): readonly Code[] {
  const { scope, templates } = context;
  const { style } = scope;
  const strings = (names: readonly string[]): readonly string[] =>
    names.map(name => stringLiteral(name, style));
  const key = table.primaryKey;
  const primary = key && ({ kind: 'pk', name: key.name, table, columns: key.columns } as const);
  return [
    ...(key && primary && !isImplied(primary, templates)
      ? [
          call(
            scope.sqlalchemy('PrimaryKeyConstraint'),
            ...strings(key.columns),
            ...nameArgument(primary, templates, scope),
          ),
        ]
      : []),
    ...table.foreignKeys
      .filter(each => each.columns.length > 1 && context.targets.has(targetLabel(each)))
      .map(each =>
        call(
          scope.sqlalchemy('ForeignKeyConstraint'),
          namesLiteral(each.columns, style),
          namesLiteral(
            each.targetColumns.map(column => `${targetLabel(each)}.${column}`),
            style,
          ),
          ...foreignKeyOptions(each, table, context),
        ),
      ),
    ...table.uniques.flatMap(({ name, columns }) => {
      const question = { kind: 'uq', name, table, columns } as const;
      const onColumn = columns.length === 1 && isImplied(question, templates);
      return onColumn
        ? []
        : [
            call(
              scope.sqlalchemy('UniqueConstraint'),
              ...strings(columns),
              ...nameArgument(question, templates, scope),
            ),
          ];
    }),
    ...table.checks.map(({ name, expression }) =>
      call(
        scope.sqlalchemy('CheckConstraint'),
        sqlLiteral(expression, style),
        ...nameArgument({ kind: 'ck', name, table, columns: [] }, templates, scope),
      ),
    ),
    ...table.indexes
      .filter(index => !isPlainIndex(index, table, templates))
      .map(index => indexCode(index, context)),
  ];
}

function indexCode({ name, elements, unique, method, where, include }: Index, { scope }: TableContext): Code {
  const { style } = scope;
  const text = (sql: string): Code => call(scope.sqlalchemy('text'), sqlLiteral(sql, style));
  const option = (key: string, value: Code | null): readonly Code[] =>
    value === null ? [] : [keyword(key, value)];
  const parts = elements.map(element => {
    const [, first = element, operatorClass = null] =
      /^("(?:[^"]|"")+"|[a-z_]\w*) ([a-z_]\w*_ops)$/.exec(element) ?? [];
    return { element, column: columnOfElement(first), operatorClass };
  });
  const classes = parts.flatMap(({ column, operatorClass }) =>
    column === null || operatorClass === null
      ? []
      : [`${stringLiteral(column, style)}: ${stringLiteral(operatorClass, style)}`],
  );
  return call(
    scope.sqlalchemy('Index'),
    name === null ? 'None' : stringLiteral(name, style),
    ...parts.map(({ element, column }) => (column === null ? text(element) : stringLiteral(column, style))),
    ...(unique ? ['unique=True'] : []),
    ...option('postgresql_ops', classes.length === 0 ? null : { open: '{', elements: classes, close: '}' }),
    ...option('postgresql_using', method === null ? null : stringLiteral(method, style)),
    ...option('postgresql_where', where === null ? null : text(where)),
    ...option('postgresql_include', include.length === 0 ? null : namesLiteral(include, style)),
  );
}
