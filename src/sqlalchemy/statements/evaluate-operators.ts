/** Python's operators on values: SQL where one side is SQL, lists, strings and dictionaries where they are known. */
import type { BinaryOperator, Comparison, ComparisonOperator, Expression } from '../../python/syntax.ts';
import type { SourceLocation } from '../model.ts';
import { conditionOf, missingColumn, operandOf } from './coercion.ts';
import { originOf } from './column-origins.ts';
import { columnsOfComposite, compareComposite } from './composites.ts';
import { conjunction, typeOf } from './elements.ts';
import { type Evaluation, located, locationOf, unknownAt } from './evaluation.ts';
import { dictionariesOf } from './given-dictionaries.ts';
import type { Element } from './ir.ts';
import { compareProxy } from './methods/proxy-methods.ts';
import { compareWith } from './methods/relationship-methods.ts';
import { minus, negate, operate, operateReversed } from './operations.ts';
import type { NamedOperator } from './operators.ts';
import { pythonTruth, REFUSED_TRUTH } from './python-truth.ts';
import { NULL_TYPE } from './sql-type.ts';
import { concatenated, percentFormatted } from './text-parts.ts';
import {
  BOOLEAN_VALUE,
  constantValue,
  element,
  joinedLists,
  type ListValue,
  type Located,
  PYTHON,
  unknownSql,
  type Value,
} from './value.ts';

/** Whether Python's operators on it build SQL. */
export function isSql(value: Value): boolean {
  switch (value.kind) {
    case 'element':
    case 'missing-attribute':
    case 'relationship':
    case 'proxy':
    case 'statement':
      return true;
    case 'unknown':
      return value.sql;
    default:
      return false;
  }
}

const binaryOperators: Partial<Record<BinaryOperator, NamedOperator>> = {
  '+': 'add', '-': 'sub', '*': 'mul', '/': 'truediv', '//': 'floordiv', '%': 'mod', '&': 'and', '|': 'or',
  '<<': 'bitwise-lshift', '>>': 'bitwise-rshift', '^': 'bitwise-xor',
}; // biome-ignore format: one table

export function evaluateBinary(
  evaluation: Evaluation,
  expression: Expression & { readonly kind: 'binary' },
): Value {
  // A long chain leans to the left: it is walked, not entered.
  const spine: (Expression & { readonly kind: 'binary' })[] = [];
  let left: Expression = expression;
  while (left.kind === 'binary') {
    spine.push(left);
    left = left.left;
  }
  let value = evaluation.evaluate(evaluation, left);
  for (const each of spine.toReversed()) {
    value = binaryValue(evaluation, each, value);
    if (each !== expression) evaluation.recorder?.seen(each, value);
  }
  return value;
}

function binaryValue(
  evaluation: Evaluation,
  expression: Expression & { readonly kind: 'binary' },
  leftValue: Value,
): Value {
  const left: Located = {
    value: leftValue,
    at: locationOf(evaluation, expression.left),
    node: expression.left,
  };
  const right = located(evaluation, expression.right);
  const operator = binaryOperators[expression.operator];
  if (isSql(left.value) || isSql(right.value)) {
    if (expression.operator === '**')
      return element(power(evaluation, left, right, locationOf(evaluation, expression)));
    if (operator === undefined)
      return unknownSql(
        unknownAt(
          'unsupported-construct',
          `The operator ${expression.operator} on SQL is not rendered.`,
          left.at,
        ),
      );
    return operation(evaluation, left, operator, right, expression);
  }
  if (
    left.value.kind === 'list' &&
    right.value.kind === 'list' &&
    (expression.operator === '+' || expression.operator === '|')
  ) {
    return joinedLists(left.value, right.value);
  }
  const text =
    expression.operator === '+'
      ? concatenated(left, right)
      : expression.operator === '%'
        ? percentFormatted(left, right)
        : null;
  if (text !== null) return text;
  if (left.value.kind === 'dict' && right.value.kind === 'dict' && expression.operator === '|') {
    return { kind: 'dict', entries: [...left.value.entries, ...right.value.entries] };
  }
  return left.value.kind === 'python' && dictionariesOf(left.value).length === 0 ? left.value : PYTHON;
}

/** SQLAlchemy writes `a ** b` as a function. */
function power(evaluation: Evaluation, left: Located, right: Located, at: SourceLocation): Element {
  const operands = [left, right].map(each => operandOf(evaluation, each, { name: 'pow', type: NULL_TYPE }));
  const type = operands.map(typeOf).find(each => each.family !== 'null') ?? NULL_TYPE;
  return { kind: 'function', name: 'pow', packages: [], arguments: operands, type, bare: false, at };
}

function operation(
  evaluation: Evaluation,
  left: Located,
  operator: NamedOperator,
  right: Located,
  range: Expression,
): Value {
  const at = locationOf(evaluation, range);
  if (operator === 'and' || operator === 'or') {
    return element(
      conjunction(operator, [conditionOf(evaluation, left), conditionOf(evaluation, right)], at),
    );
  }
  if (isSql(left.value)) return element(operate(evaluation, sqlOf(evaluation, left), operator, right, at));
  return element(operateReversed(evaluation, left, operator, sqlOf(evaluation, right), at));
}

export function sqlOf(evaluation: Evaluation, given: Located): Element {
  return given.value.kind === 'missing-attribute'
    ? missingColumn(evaluation, given)
    : operandOf(evaluation, given);
}

export function evaluateUnary(
  evaluation: Evaluation,
  expression: Expression & { readonly kind: 'unary' },
): Value {
  const operand = located(evaluation, expression.operand);
  const at = locationOf(evaluation, expression);
  if (expression.operator === 'not') return negation(operand, at);
  if (
    operand.value.kind === 'constant' &&
    typeof operand.value.value === 'number' &&
    expression.operator === '-'
  ) {
    return { ...operand.value, value: -operand.value.value };
  }
  if (!isSql(operand.value)) return operand.value.kind === 'constant' ? operand.value : PYTHON;
  if (expression.operator === '~') return element(negate(conditionOf(evaluation, operand), at));
  return expression.operator === '-' ? element(minus(sqlOf(evaluation, operand), at)) : operand.value;
}

function negation({ value }: Located, at: SourceLocation): Value {
  const truth = value.kind === 'constant' ? null : pythonTruth(value);
  if (truth === 'refused') return unknownSql(unknownAt('unsupported-construct', REFUSED_TRUTH, at));
  return truth === null ? BOOLEAN_VALUE : constantValue(!truth);
}

const comparisonOperators: Partial<Record<ComparisonOperator, NamedOperator>> = {
  '==': 'eq', '!=': 'ne', '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge',
}; // biome-ignore format: one table

export function evaluateComparison(evaluation: Evaluation, expression: Comparison): Value {
  const left = located(evaluation, expression.left);
  const [first, ...others] = expression.rest.map(each => ({
    ...each,
    value: located(evaluation, each.right),
  }));
  if (first === undefined) return PYTHON;
  if (others.length > 0)
    return chained(evaluation, expression, [left, first.value, ...others.map(each => each.value)]);
  const operator = comparisonOperators[first.operator];
  const right = first.value;
  if (operator === undefined) return identityOrMembership(first.operator, left.value, right.value);
  if (!isSql(left.value) && !isSql(right.value))
    return isPlainPython(left.value) && isPlainPython(right.value) ? BOOLEAN_VALUE : PYTHON;
  const at = locationOf(evaluation, expression);
  const relationship =
    left.value.kind === 'relationship'
      ? left.value
      : right.value.kind === 'relationship'
        ? right.value
        : null;
  if (relationship !== null) {
    if (operator !== 'eq' && operator !== 'ne') return PYTHON;
    return compareWith(evaluation, relationship, operator, left.value === relationship ? right : left, at);
  }
  if (left.value.kind === 'proxy') return compareProxy(evaluation, left.value, operator, right, at);
  const columns = columnsOfComposite(left.value);
  if (columns !== null) return element(compareComposite(evaluation, columns, operator, right, at));
  if (asksRightFirst(left.value, right.value))
    return operation(evaluation, right, mirrored[operator] ?? operator, left, expression);
  return operation(evaluation, left, operator, right, expression);
}

const mirrored: Partial<Record<NamedOperator, NamedOperator>> = { lt: 'gt', gt: 'lt', le: 'ge', ge: 'le' };

/** Python lets the right side answer whose class descends from the left's: `Column` does from `ColumnClause`. */
function asksRightFirst(left: Value, right: Value): boolean {
  return columnClass(left) === 'clause' && columnClass(right) === 'column';
}

/** `Column` of a `Table`, or `ColumnClause` of `column(…)`, `table(…)` and of expressions in subqueries. */
function columnClass(value: Value): 'column' | 'clause' | null {
  if (value.kind !== 'element' || value.mapped !== null || value.element.kind !== 'column') return null;
  const origin = originOf(value.element);
  return origin === null || origin.table.lightweight === true ? 'clause' : 'column';
}

/** `a < column < b` is `a < column and column < b`, which Python cannot take for true or false. */
function chained(evaluation: Evaluation, expression: Comparison, parts: readonly Located[]): Value {
  return parts.some(each => isSql(each.value))
    ? unknownSql(unknownAt('unsupported-construct', REFUSED_TRUTH, locationOf(evaluation, expression)))
    : BOOLEAN_VALUE;
}

/** `is` and `in` build no SQL: Python answers them by itself, for a column always in the same way. */
function identityOrMembership(operator: ComparisonOperator, left: Value, right: Value): Value {
  const contained = left.kind === 'constant' && right.kind === 'list' ? isMember(left.value, right) : null;
  if (contained !== null && (operator === 'in' || operator === 'not in'))
    return constantValue(contained === (operator === 'in'));
  const negative = operator === 'is not' || operator === 'not in';
  const isColumn = left.kind === 'element' || left.kind === 'relationship';
  const isKnown =
    operator === 'is' || operator === 'is not'
      ? right.kind === 'constant'
      : right.kind === 'list' && right.elements.every(each => each.value.kind === 'constant');
  return isColumn && isKnown ? constantValue(negative) : BOOLEAN_VALUE;
}

/** Null where not all elements of the list are known. */
function isMember(value: string | number | boolean | null, { elements }: ListValue): boolean | null {
  const known = elements.flatMap(each => (each.value.kind === 'constant' ? [each.value.value] : []));
  return known.length === elements.length ? known.includes(value) : null;
}

/** Values whose comparison is surely no SQL. */
function isPlainPython(value: Value): boolean {
  return (
    value.kind === 'constant' || value.kind === 'list' || (value.kind === 'python' && value.type !== null)
  );
}
