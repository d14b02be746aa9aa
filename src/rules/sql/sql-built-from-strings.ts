/** SQL put together from strings: values become part of the program that the server runs. */
import { contains, isSameRange, sliceOf, type TextRange } from '../../base/range.ts';
import { lookup, scopeAt } from '../../python/lookup.ts';
import type { Call, Expression, Interpolation, StringLiteral, SyntaxNode } from '../../python/syntax.ts';
import { findNodePath, isExpression } from '../../python/walk.ts';
import type { HoleFilling, RawHole } from '../../sqlalchemy/raw-sql.ts';
import type { RawSql } from '../../sqlalchemy/statement.ts';
import type { FileContext, Rule, SqlSubject } from '../rule.ts';
import { isRevision, isTestModule } from '../shared/code/deliberate-change.ts';
import { isOwnText, openInterpolations, quotingFunctions } from '../shared/code/own-text.ts';
import { libraryNameOf } from '../shared/models/column-call.ts';
import { bindFixes } from '../shared/statements/bind-interpolations.ts';
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
  if (isOutOfReach(context)) return;
  // What stands at module or class level is put together once, at import: no request can reach it.
  if (!context.ancestors.some(each => each.kind === 'function' || each.kind === 'lambda')) return;
  const argument = sqlArgument(node, context.facts);
  if (!argument || isPartOfDefinition(node, context)) return;
  const source = builtValue(argument.value, context);
  if (!source) return;
  const fixes = bindFixes(node, argument.value, context);
  context.report({
    range: source.place,
    message: messageOf(source.how),
    fixes,
    // A name of a table or column cannot be a bind parameter, and mostly comes from the program itself.
    ...(fixes.length === 0 ? { severity: milderSeverity(argument.value, source.place, context) } : {}),
  });
}

/** `Column(server_default=text(…))`, `CheckConstraint(text(…))`: DDL takes no parameters, and no request sends it. */
function isPartOfDefinition(node: Call, { ancestors, facts }: FileContext): boolean {
  // `text(…).bindparams(…)` begins where the text does.
  const around = ancestors.findLast(each => each.kind === 'call' && each.start < node.start);
  if (around?.kind !== 'call') return false;
  const given = around.arguments.find(({ value }) => contains(value, node));
  if (/^server_(?:default|onupdate)$|_where$|^sqltext$/.test(given?.keyword?.id ?? '')) return true;
  return definitionCalls.test(libraryNameOf(around.function, facts) ?? '');
}

const definitionCalls = /^sqlalchemy\.(?:CheckConstraint|Computed|Index|DDL)$/;

/** SET and its kin take no parameters, and mostly numbers and names of the configuration. */
function milderSeverity(
  built: Expression,
  place: BuiltValue['place'],
  context: FileContext,
): 'warning' | 'information' {
  const written = sliceOf(context.file.text, built).replace(/^\W*(?:[a-z]{0,2}["'])?\W*/i, '');
  const isSetting = /^(?:set|reset|begin|notify|listen|unlisten)\b/i.test(written);
  return isSetting || isOwnClause(place, context) ? 'information' : 'warning';
}

/** A condition or another clause, not a value, that the code beside has made: it mostly holds parameters of its own. */
function isOwnClause(place: BuiltValue['place'], { file }: FileContext): boolean {
  const before = file.text.slice(Math.max(0, place.start - 80), place.start).replace(/["'\s+(]*$/, '');
  if (!/\b(?:where|and|or|not|on|having|select|by|returning)$/i.test(before)) return false;
  const made = place.kind === 'interpolation' ? place.expression : place;
  if (made.kind === 'call') return true;
  if (made.kind !== 'name') return false;
  const bindings = lookup(scopeAt(file.scopes, made.start), made.id);
  return bindings.length > 0 && bindings.every(({ kind }) => kind === 'assignment');
}

/** A migration or a test puts its own constants together, and no request reaches it. */
function isOutOfReach({ file }: FileContext): boolean {
  return isRevision(file) || isTestModule(file.name);
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

interface BuiltValue {
  readonly how: string;
  readonly place: Expression | Interpolation;
}

/** How the text takes in something that is not constant, or null where all of it is. */
function builtValue(value: Expression, context: FileContext): BuiltValue | null {
  switch (value.kind) {
    case 'string': {
      const open = openInterpolations(value, context).find(each => !isOnlyName(value, each.start, context));
      return open ? { how: 'An f-string', place: open } : null;
    }
    case 'binary':
      return builtByOperator(value, context);
    case 'call':
      return builtByFormat(value, context);
    default:
      return null;
  }
}

function builtByOperator(
  value: Extract<Expression, { kind: 'binary' }>,
  context: FileContext,
): BuiltValue | null {
  if (value.operator === '%' && value.left.kind === 'string') {
    if (isOwnText(value.right, context) || namesOnly(value.left, context)) return null;
    return { how: 'The % operator', place: value.right };
  }
  if (value.operator !== '+') return null;
  const parts = operandsOf(value);
  for (const part of parts) {
    const inner = part.kind === 'binary' && part.operator === '+' ? null : builtValue(part, context);
    if (inner) return inner;
  }
  if (!parts.some(part => part.kind === 'string')) return null;
  const open = parts.find(
    part => part.kind !== 'string' && part.kind !== 'binary' && !isOwnText(part, context),
  );
  return open ? { how: 'Concatenation', place: open } : null;
}

/** Of a chain of additions, which leans to the left and may be thousands long. */
function operandsOf(value: Expression): readonly Expression[] {
  const operands: Expression[] = [];
  let left = value;
  while (left.kind === 'binary' && left.operator === '+') {
    operands.push(left.right);
    left = left.left;
  }
  return [left, ...operands.toReversed()];
}

function builtByFormat(value: Call, context: FileContext): BuiltValue | null {
  const called = value.function;
  if (called.kind !== 'attribute' || called.attribute.id !== 'format' || called.value.kind !== 'string')
    return null;
  if (namesOnly(called.value, context)) return null;
  const open = value.arguments.find(argument => !isOwnText(argument.value, context));
  return open ? { how: '.format()', place: open.value } : null;
}

/** Statements that take no parameters at all: what is put into them are names, and rarely from outside. */
const definitions =
  /^\s*(?:create|alter|drop|grant|revoke|truncate|analyze|vacuum|reindex|refresh|comment|cluster|lock|pragma|dbcc|use|show|desc|describe)\b/i;

/** The type of a cast (`::{type}`), or a name in a statement that defines something. */
function isOnlyName(literal: StringLiteral, place: number, { file }: FileContext): boolean {
  const before = bodyOf(literal, file.text).slice(0, place - literal.start);
  return /::\w*$/.test(before) || (definitions.test(before) && !/[=<>']\s*$/.test(before));
}

function namesOnly(literal: StringLiteral, { file }: FileContext): boolean {
  const body = bodyOf(literal, file.text);
  return definitions.test(body) && !/'\s*(?:%|\{)/.test(body);
}

/** The literal with its opening blanked out, so that offsets stay. */
function bodyOf(literal: StringLiteral, text: string): string {
  return text
    .slice(literal.start, literal.end)
    .replace(/^[a-z]*(?:"""|'''|"|')/i, opening => ' '.repeat(opening.length));
}
