/** `User.age == "5"`: PostgreSQL has no operator between a number and a text. */
import type { TextEdit } from '../../base/edit.ts';
import type { Call, Comparison, Expression } from '../../python/syntax.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { isPythonTest } from '../shared/code/python-condition.ts';
import { isSequence } from '../shared/code/sequences.ts';
import { sendsTypes } from '../shared/drivers/sent-types.ts';
import { type ColumnFamily, columnFamily } from '../shared/models/column-family.ts';
import { convertedLiteral } from '../shared/models/converted-literal.ts';

export const literalTypeMismatch: Rule = {
  id: 'literal-type-mismatch',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A column is compared with a value of another type',
    why: 'PostgreSQL converts nothing by itself between numbers, texts, dates and booleans. SQLAlchemy sends the value as the type that it has in Python (`age = $1::VARCHAR`), and PostgreSQL answers `operator does not exist: integer = character varying`. psycopg2 alone writes values without a type, so that a text beside a number or a date passes there and fails after a change of driver; a number beside a text fails with every driver.',
    instead:
      'Give a value of the column’s type, converting where it comes in: `int(age)`, `str(number)`, `date.fromisoformat(day)`.',
    references: ['https://www.postgresql.org/docs/current/typeconv-oper.html'],
  },
  examples: [
    { bad: "select(User).where(User.age == '5')", good: 'select(User).where(User.age == 5)' },
    { bad: 'select(User).where(User.name.in_([1]))', good: 'select(User).where(User.name.in_(["1"]))' },
  ],
  check: { expressions: { comparison: checkComparison, call: checkCall } },
};

function checkComparison(node: Comparison, context: FileContext): void {
  const [rest, ...others] = node.rest;
  if (!rest || others.length > 0 || !/^[=!<>]/.test(rest.operator)) return;
  if (isPythonTest(node, context.ancestors)) return;
  checkValue(node.left, rest.right, context);
  checkValue(rest.right, node.left, context);
}

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute') return;
  const column = node.function.value;
  const [first] = node.arguments;
  switch (node.function.attribute.id) {
    case 'in_':
    case 'not_in':
    case 'notin_':
      if (first && isSequence(first.value)) checkValues(column, first.value.elements, context);
      return;
    case 'between':
      checkValues(
        column,
        node.arguments.map(each => each.value),
        context,
      );
      return;
    case 'filter_by':
      checkKeywords(node, context);
      return;
  }
}

/** `filter_by(age="5")`, where one class alone can be meant. */
function checkKeywords(node: Call, context: FileContext): void {
  const owner = node.function.kind === 'attribute' ? context.facts.meaningOf(node.function.value) : null;
  if (owner?.kind !== 'statement' || owner.target === null) return;
  const model = owner.target;
  for (const { keyword, value } of node.arguments) {
    const attribute = model.attributes.find(each => each.name === keyword?.id);
    const family = attribute ? columnFamily({ kind: 'attribute', model, attribute }) : null;
    if (family !== null) tell(misfits(family, [value], context), context);
  }
}

function checkValue(column: Expression, value: Expression, context: FileContext): void {
  checkValues(column, [value], context);
}

/** One finding for all values of a list: it is one mistake, and one fix mends it. */
function checkValues(column: Expression, values: readonly Expression[], context: FileContext): void {
  const family = columnFamily(context.facts.meaningOf(column));
  if (family !== null) tell(misfits(family, values, context), context);
}

type ValueFamily = 'text' | 'number' | 'boolean';

interface Misfit {
  readonly value: Expression;
  readonly message: string;
  readonly certain: boolean;
  readonly fix: ReportedFix | null;
}

function misfits(
  column: ColumnFamily,
  values: readonly Expression[],
  context: FileContext,
): readonly Misfit[] {
  return values.flatMap(value => misfit(column, value, context) ?? []);
}

function misfit(column: ColumnFamily, value: Expression, context: FileContext): Misfit | null {
  // A project for another database.
  if (context.drivers.names.size === 0) return null;
  const family = valueFamily(value, context);
  const error = family && refusal(column, family);
  if (!error) return null;
  const typed = family === 'text' && column !== 'boolean' ? sendsTypes(context.drivers) : true;
  if (typed === false) return null;
  return {
    value,
    message: `This is a ${words[family]} and the column a ${columnWords[column]}: PostgreSQL refuses it, as ${error}${typed === null ? ' (psycopg2 alone lets it pass)' : ''}`,
    certain: typed === true && context.facts.meaningOf(value).kind === 'constant',
    fix: convertedLiteral(column, value, context),
  };
}

function tell(found: readonly Misfit[], context: FileContext): void {
  const [first] = found;
  if (!first) return;
  const fixes = found.flatMap(({ fix }) => fix ?? []);
  const edits = fixes.flatMap(fix => fix.edits);
  const [fix] = fixes;
  context.report({
    range: { start: first.value.start, end: first.value.end },
    message: first.message,
    ...(first.certain ? {} : { severity: 'warning' as const }),
    fixes:
      fix && fixes.length === found.length
        ? [{ title: fixes.length > 1 ? 'Convert the values' : fix.title, edits: withoutRepetition(edits) }]
        : [],
  });
}

/** Each conversion brings the same import. */
function withoutRepetition(edits: readonly TextEdit[]): readonly TextEdit[] {
  const isSame = (one: TextEdit, two: TextEdit) =>
    one.newText === two.newText && one.range.start === two.range.start && one.range.end === two.range.end;
  return edits.filter((each, index) => edits.findIndex(other => isSame(each, other)) === index);
}

const words: Readonly<Record<ValueFamily, string>> = {
  text: 'text',
  number: 'number',
  boolean: 'truth value',
};

const columnWords: Readonly<Record<ColumnFamily, string>> = {
  text: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'truth value',
  datetime: 'point in time',
  date: 'date',
  json: 'JSON value',
  jsonb: 'JSON value',
  array: 'list',
};

const sqlNames: Partial<Readonly<Record<ColumnFamily, string>>> = {
  text: 'character varying',
  integer: 'integer',
  number: 'numeric',
  boolean: 'boolean',
  datetime: 'timestamp',
  date: 'date',
};

const valueNames: Readonly<Record<ValueFamily, string>> = {
  text: 'character varying',
  number: 'integer',
  boolean: 'boolean',
};

/** PostgreSQL's words, or null where it takes the two together. */
function refusal(column: ColumnFamily, value: ValueFamily): string | null {
  const name = sqlNames[column];
  const same = column === value || (value === 'number' && column === 'integer');
  if (name === undefined || same) return null;
  return `“operator does not exist: ${name} = ${valueNames[value]}”`;
}

/** Of a constant, and of a variable that is annotated as a text or a number. */
function valueFamily(value: Expression, { facts }: FileContext): ValueFamily | null {
  const meaning = facts.meaningOf(value);
  if (meaning.kind === 'constant') {
    if (typeof meaning.value === 'string') return 'text';
    if (typeof meaning.value === 'number') return 'number';
    return typeof meaning.value === 'boolean' ? 'boolean' : null;
  }
  if (meaning.kind !== 'python' || value.kind !== 'name') return null;
  return meaning.type === 'builtins.str' ? 'text' : meaning.type === 'builtins.int' ? 'number' : null;
}
