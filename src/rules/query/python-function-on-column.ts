/** `User.name.lower()`, `len(User.name)`: Python's own functions, which know nothing of columns. */
import type { TextEdit } from '../../base/edit.ts';
import type { TextRange } from '../../base/range.ts';
import type { Attribute, Call, Expression, StringLiteral } from '../../python/syntax.ts';
import { isSqlOperand, type Meaning } from '../../sqlalchemy/meaning.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { importName } from '../shared/code/import-name.ts';
import { writtenText } from '../shared/code/operand-text.ts';
import { libraryNameOf } from '../shared/models/column-call.ts';
import { isConditionCall } from '../shared/statements/sql-condition.ts';

export const pythonFunctionOnColumn: Rule = {
  id: 'python-function-on-column',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A Python function or string method is used on a column',
    why: 'A mapped attribute stands for a column, not for a text: `User.name.lower()` raises `AttributeError`, and `len(User.name)` raises `TypeError`. `str(User.name)` and `f"{User.name}"` raise nothing and give the fixed text `User.name`, whatever the row holds.',
    instead:
      'Let the database do it: `func.lower(User.name)`, `func.length(User.name)`, `cast(User.age, String)`, and `+` or `func.concat()` to join texts.',
    references: ['https://docs.sqlalchemy.org/en/20/core/functions.html'],
  },
  examples: [
    {
      bad: "select(User).where(User.name.lower() == 'a')",
      good: "select(User).where(func.lower(User.name) == 'a')",
    },
    {
      bad: 'select(User).where(len(User.name) > 3)',
      good: 'select(User).where(func.length(User.name) > 3)',
    },
  ],
  check: { expressions: { attribute: checkMethod, call: checkBuiltin, string: checkString } },
};

/** Methods of `str`, with the SQL function that does the same; null where there is no single one. */
const textMethods: Readonly<Record<string, string | null>> = {
  lower: 'lower',
  casefold: 'lower',
  upper: 'upper',
  strip: 'trim',
  lstrip: 'ltrim',
  rstrip: 'rtrim',
  title: 'initcap',
  replace: 'replace',
  capitalize: null,
  split: null,
  encode: null,
  format: null,
  isdigit: null,
  zfill: null,
  removeprefix: null,
  removesuffix: null,
};

/** Members of `datetime`, with the field that EXTRACT takes. */
const dateFields: ReadonlySet<string> = new Set(['year', 'month', 'day', 'hour', 'minute', 'second']);
const dateMethods: ReadonlySet<string> = new Set([
  'date',
  'time',
  'strftime',
  'isoformat',
  'timestamp',
  'weekday',
]);

function checkMethod(node: Attribute, context: FileContext): void {
  const name = node.attribute.id;
  const family = familyOf(context.facts.meaningOf(node.value));
  const call = callOf(node, context);
  const isText = family === 'text' && call !== null && Object.hasOwn(textMethods, name);
  const isDate =
    family === 'date' &&
    ((dateFields.has(name) && call === null) || (dateMethods.has(name) && call !== null));
  if (!isText && !isDate) return;
  const fix = isText && call ? methodFix(node, call, context) : fieldFix(node, context);
  const { start, end } = node.attribute;
  context.report({
    range: { start, end },
    message: `A column has no ${name}${call ? '()' : ''}: this raises AttributeError`,
    fixes: fix ? [fix] : [],
  });
}

function callOf(node: Attribute, { ancestors }: FileContext): Call | null {
  const parent = ancestors.at(-1);
  return parent?.kind === 'call' && parent.function === node ? parent : null;
}

/** Only where the type is known: others may come with comparators that have such members. */
function familyOf(meaning: Meaning): 'text' | 'date' | null {
  if (meaning.kind !== 'attribute' || meaning.attribute.kind !== 'column') return null;
  const { type, sqlType } = meaning.attribute;
  if (type !== null && /^(String|AutoString|Text|Unicode|UnicodeText|VARCHAR|TEXT|CHAR)\b/.test(type))
    return 'text';
  if (type !== null && /^(DateTime|Date|TIMESTAMP|DATE)\b/.test(type)) return 'date';
  if (type !== null || sqlType === null) return null;
  return /^(varchar|text|char)/i.test(sqlType) ? 'text' : /^(timestamp|date)/i.test(sqlType) ? 'date' : null;
}

function methodFix(node: Attribute, call: Call, context: FileContext): ReportedFix | null {
  const name = textMethods[node.attribute.id];
  if (!name) return null;
  const given = call.arguments.map(each => writtenText(context.file.text, each.value));
  if (call.arguments.some(each => each.keyword ?? each.unpacked)) return null;
  return functionFix(call, name, [writtenText(context.file.text, node.value), ...given], context);
}

function fieldFix(node: Attribute, context: FileContext): ReportedFix | null {
  if (!dateFields.has(node.attribute.id)) return null;
  const column = writtenText(context.file.text, node.value);
  return functionFix(node, 'extract', [`"${node.attribute.id}"`, column], context);
}

function functionFix(
  range: TextRange,
  name: string,
  given: readonly string[],
  { file }: FileContext,
): ReportedFix {
  const func = importName(file.module, 'sqlalchemy', 'func');
  const newText = `${func.expression}.${name}(${given.join(', ')})`;
  return { title: `Replace with func.${name}()`, edits: [...func.edits, replacement(range, newText)] };
}

function replacement({ start, end }: TextRange, newText: string): TextEdit {
  return { range: { start, end }, newText };
}

/** Builtins that ask the column for a Python value; all of them raise TypeError. */
const builtins: Readonly<Record<string, string | null>> = {
  'builtins.len': 'length',
  'builtins.abs': 'abs',
  'builtins.round': 'round',
  'builtins.int': null,
  'builtins.float': null,
  'builtins.max': 'max',
  'builtins.min': 'min',
  'builtins.sum': 'sum',
};

const ofMany: ReadonlySet<string> = new Set(['builtins.max', 'builtins.min', 'builtins.sum']);

function checkBuiltin(node: Call, context: FileContext): void {
  const called = context.facts.meaningOf(node.function);
  const first = node.arguments[0];
  if (called.kind !== 'library' || !first || first.keyword || !isColumn(first.value, context)) return;
  // Of several they give the greatest, which asks conditions for their truth: another mistake.
  if (ofMany.has(called.name) && node.arguments.length > 1) return;
  const written = writtenText(context.file.text, node.function);
  if (called.name === 'builtins.str') {
    if (isWithinCondition(context)) reportText(node, written, context);
    return;
  }
  const name = builtins[called.name];
  if (name === undefined) return;
  const given = node.arguments.map(each => writtenText(context.file.text, each.value));
  context.report({
    range: node,
    message: `${written}() needs a Python value and this is a column: it raises TypeError`,
    fixes: name === null ? [] : [functionFix(node, name, given, context)],
  });
}

/** `f"{User.name}"`; elsewhere than in SQL such a text may be meant, as in a message. */
function checkString(node: StringLiteral, context: FileContext): void {
  const segments = node.pieces.flatMap(piece => piece.segments);
  const columns = segments.filter(
    segment => segment.kind === 'interpolation' && isColumn(segment.expression, context),
  );
  const [column] = columns;
  if (column && isWithinCondition(context)) reportText(column, 'An f-string', context);
}

function reportText(range: TextRange, what: string, context: FileContext): void {
  context.report({
    range,
    message: `${what} gives the name of the column as a fixed text, not the value of each row`,
  });
}

/** Of a table: `len(User.__table__.columns)`. */
const collections: ReadonlySet<string> = new Set(['c', 'columns', 'primary_key', 'foreign_keys', 'indexes']);

function isColumn(expression: Expression, { facts }: FileContext): boolean {
  if (expression.kind === 'attribute' && collections.has(expression.attribute.id)) return false;
  const meaning = facts.meaningOf(expression);
  return isSqlOperand(meaning) && (meaning.kind !== 'attribute' || meaning.attribute.kind === 'column');
}

/** Somewhere in an argument of `select()`, `where()` and their kin, with nothing but SQL in between. */
function isWithinCondition({ ancestors, facts }: FileContext): boolean {
  for (const outer of ancestors.toReversed()) {
    if (outer.kind === 'call') {
      if (isConditionCall(outer) || libraryNameOf(outer.function, facts) === 'sqlalchemy.select') return true;
      if (!isSqlOperand(facts.meaningOf(outer))) return false;
    } else if (!withinCondition.has(outer.kind)) return false;
  }
  return false;
}

const withinCondition: ReadonlySet<string> = new Set(['comparison', 'binary', 'boolean', 'unary']);
