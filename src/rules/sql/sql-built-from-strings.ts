/** SQL put together from strings: values become part of the program that the server runs. */
import { contains, isSameRange, type TextRange } from '../../base/range.ts';
import type { Call, Expression, SyntaxNode } from '../../python/syntax.ts';
import { findNodePath, isExpression } from '../../python/walk.ts';
import type { HoleFilling, RawHole } from '../../sqlalchemy/raw-sql.ts';
import type { RawSql } from '../../sqlalchemy/statement.ts';
import type { FileContext, Rule, SqlSubject } from '../rule.ts';
import { isOwnText, quotingFunctions } from '../shared/code/own-text.ts';
import { builtSql, builtValue, definitions, isOutOfReach } from '../shared/statements/built-sql.ts';
import { sqlArgument } from '../shared/statements/sql-sink.ts';

export const sqlBuiltFromStrings: Rule = {
  id: 'sql-built-from-strings',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'SQL is built from strings, so a value can change what the statement does',
    why: "An f-string, `%`, `.format()` or `+` puts the value into the SQL text itself. A value such as `x' OR 1=1 --` then rewrites the statement: SQL injection. Quotes in honest values break it.",
    instead:
      'Name the value in the text (`:name`) and pass it apart: `session.execute(text("… WHERE name = :name"), {"name": name})`. For identifiers, choose from a fixed list.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.text',
      'https://docs.sqlalchemy.org/en/20/tutorial/dbapi_transactions.html#sending-parameters',
    ],
  },
  options: [quotingFunctions],
  examples: [
    {
      bad: `def find(name: str) -> object:\n    return text(f"SELECT id FROM users WHERE name = {name}")`,
      good: `def find(name: str) -> object:\n    return text("SELECT id FROM users WHERE name = :name").bindparams(name=name)`,
    },
    {
      bad: `def find(name: str) -> object:\n    return text("SELECT id FROM users WHERE name = '%s'" % name)`,
      good: `def find(name: str) -> object:\n    return text("SELECT id FROM users WHERE name = :name").bindparams(name=name)`,
    },
  ],
  check: { expressions: { call: checkCall }, sql: checkSql },
};

function checkCall(node: Call, context: FileContext): void {
  const built = builtSql(node, context);
  if (!built?.isValue) return;
  const { how, place, fixes } = built;
  // What no bind parameter can stand for is left to a person.
  const severity = fixes.length === 0 ? ({ severity: 'warning' } as const) : {};
  context.report({ range: place, message: messageOf(how), fixes, ...severity });
}

function messageOf(how: string): string {
  return `${how} puts a value into the SQL text: whoever controls it can change the statement`;
}

/** Text that was put together before it came to the call, or is sent by a driver: one finding, at the first value. */
function checkSql({ raw }: SqlSubject, context: FileContext): void {
  if (isOutOfReach(context)) return;
  // Names of tables and lists of columns mostly come from the program itself.
  const hole = raw.holes.find(
    each => builders[each.how] !== null && standsForValue(raw, each) && takesValue(each, context),
  );
  const words = hole && builders[hole.how];
  if (words) context.report({ range: hole.source.range, message: messageOf(words) });
}

/** In a function, of something that is not constant, and not in the argument of a call that `checkCall` speaks of. */
function takesValue({ source }: RawHole, context: FileContext): boolean {
  if (source.path !== context.file.path) return false;
  const around = findNodePath(context.file.module, source.range.start);
  if (!around.some(each => each.kind === 'function' || each.kind === 'lambda')) return false;
  const value = valueAt(around, source.range);
  if (value === null || isOwnText(value, context)) return false;
  return !around.some(each => {
    const argument = each.kind === 'call' ? sqlArgument(each, context.facts) : null;
    return (
      argument !== null &&
      contains(argument.value, source.range) &&
      builtValue(argument.value, context) !== null
    );
  });
}

/** Behind an operator, or in quotes of SQL. */
function standsForValue({ form }: RawSql, { sqlStart }: RawHole): boolean {
  if (definitions.test(form.sql) && !/'\s*$/.test(form.sql.slice(0, sqlStart))) return false;
  return /(?:[=<>]|\b(?:like|ilike|limit|offset)|'%?)\s*$/i.test(form.sql.slice(0, sqlStart));
}

const builders: Readonly<Record<HoleFilling, string | null>> = {
  'f-string': 'An f-string',
  percent: 'The % operator',
  format: '.format()',
  concatenation: 'Concatenation',
  // A list of names or conditions, each of which is looked at where it is made.
  join: null,
  composed: null,
};

/** The expression of an interpolation, or the one that has just that range. */
function valueAt(around: readonly SyntaxNode[], range: TextRange): Expression | null {
  for (const node of around) {
    if (node.kind === 'string') {
      const segments = node.pieces.flatMap(piece => piece.segments);
      const hole = segments.find(each => each.kind === 'interpolation' && each.start === range.start);
      if (hole?.kind === 'interpolation') return hole.expression;
    }
    if (isExpression(node) && isSameRange(node, range)) return node;
  }
  return null;
}
