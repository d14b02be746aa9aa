/** Lists, dictionaries, comprehensions and subscripts. */
import type { Comprehension, Expression, Subscript } from '../../python/syntax.ts';
import type { SourceLocation } from '../model.ts';
import { bindTarget, itemsValue } from './bind-target.ts';
import { columnsOf } from './columns.ts';
import { createEnvironment } from './environment.ts';
import { isSql, sqlOf } from './evaluate-operators.ts';
import { type Evaluation, located, locationOf, unknownAt } from './evaluation.ts';
import { dictionaryOf } from './given-dictionaries.ts';
import type { FromElement } from './ir.ts';
import { itemOf, sliceOf } from './item-of.ts';
import { tableOfMetadata } from './metadata-tables.ts';
import { isPiece, pickedElement, pickedEntry } from './picked-items.ts';
import { keyColumns } from './primary-key.ts';
import { collectionColumn } from './sql-attributes.ts';
import {
  element,
  type ListValue,
  type Located,
  PYTHON,
  unknownSql,
  unknownValue,
  type Value,
} from './value.ts';

export function evaluateSequence(evaluation: Evaluation, elements: readonly Expression[]): Value {
  const values: Located[] = [];
  let hidden: Value | null = null;
  let repeated = false;
  for (const each of elements) {
    if (each.kind !== 'starred') {
      values.push(located(evaluation, each));
      continue;
    }
    const inner = evaluation.evaluate(evaluation, each.value);
    if (inner.kind === 'list') {
      values.push(...inner.elements);
      repeated ||= inner.repeated === true;
    } else hidden = inner;
  }
  if (hidden === null) return { kind: 'list', elements: values, ...(repeated ? { repeated } : {}) };
  const sql = values.some(each => isSql(each.value));
  return {
    kind: 'unknown',
    unknown: unknownAt('dynamic-arguments', 'Not all elements of this list are known.', null),
    sql,
  };
}

export function evaluateDict(
  evaluation: Evaluation,
  entries: (Expression & { readonly kind: 'dict' })['entries'],
): Value {
  const known: { readonly key: Located; readonly value: Located }[] = [];
  let open = false;
  for (const entry of entries) {
    const value = located(evaluation, entry.value);
    if (entry.key !== null) known.push({ key: located(evaluation, entry.key), value });
    else {
      const unpacked = dictionaryOf(evaluation, value.value);
      if (unpacked === null) open = true;
      else known.push(...unpacked.entries);
    }
  }
  return open
    ? unknownValue(unknownAt('dynamic-arguments', 'Not all keys of this dictionary are known.', null))
    : { kind: 'dict', entries: known };
}

export function evaluateSubscript(evaluation: Evaluation, expression: Subscript): Value {
  const value = evaluation.evaluate(evaluation, expression.value);
  const indices = expression.indices.map(each => located(evaluation, each));
  const index = indices[0];
  if (index === undefined) return PYTHON;
  const at = locationOf(evaluation, expression);
  switch (value.kind) {
    case 'element':
    case 'missing-attribute': {
      const left = sqlOf(evaluation, { value, at, node: expression.value });
      const key: Located =
        indices.length > 1 ? { value: { kind: 'list', elements: indices }, at, node: expression } : index;
      const [subscript] = expression.indices;
      const item =
        subscript?.kind === 'slice'
          ? sliceOf(evaluation, left, subscript, at)
          : itemOf(evaluation, left, key, at);
      return item === null
        ? unknownSql(unknownAt('unsupported-construct', 'This subscript is not rendered.', at))
        : element(item);
    }
    case 'columns':
      if (indices.length > 1)
        return { kind: 'list', elements: indices.map(each => columnAt(evaluation, value.from, each)) };
      return columnAt(evaluation, value.from, { ...index, node: expression, at }).value;
    case 'list': {
      // Each pass of a loop has filled it alike, so that a part of it is such a list again.
      const [subscript] = expression.indices;
      if (subscript?.kind === 'slice')
        return value.repeated ? { ...value } : slicedList(evaluation, value, subscript, at);
      return pickedElement(evaluation, value, index, at);
    }
    case 'dict':
      return pickedEntry(evaluation, value, index.value, undefined, at);
    case 'class':
    case 'entity':
    case 'library':
    case 'session-factory':
      // A generic with its parameter: `Repository[User]`.
      return value;
    case 'unknown':
      return value;
    case 'method':
      return tableOfMetadata(evaluation, value, index.value) ?? PYTHON;
    default:
      return PYTHON;
  }
}

type Slice = Expression & { readonly kind: 'slice' };

/** `columns[1:]`; what other bounds leave of a list is known while the program runs. */
function slicedList(
  evaluation: Evaluation,
  { elements }: ListValue,
  { lower, upper, step }: Slice,
  at: SourceLocation,
): Value {
  const [start, end] = [lower, upper].map(bound => (bound === null ? undefined : boundOf(evaluation, bound)));
  if (step === null && start !== null && end !== null)
    return { kind: 'list', elements: elements.slice(start, end) };
  if (!elements.some(each => isPiece(each.value))) return PYTHON;
  return unknownSql(
    unknownAt('dynamic-arguments', 'Which elements these are is only known while the program runs.', at),
  );
}

/** Null where it is no number that stands in the code. */
function boundOf(evaluation: Evaluation, bound: Expression): number | null {
  const value = evaluation.evaluate(evaluation, bound);
  return value.kind === 'constant' && Number.isInteger(value.value) ? Number(value.value) : null;
}

/** `.c["name"]`, `.c[0]`. */
function columnAt(evaluation: Evaluation, from: FromElement, { value, at, node }: Located): Located {
  if (value.kind === 'constant' && typeof value.value === 'string')
    return { value: collectionColumn(evaluation, from, value.value, node), at, node };
  if (value.kind === 'constant' && typeof value.value === 'number') {
    const column = columnsOf(from).at(value.value);
    return { value: column === undefined ? PYTHON : element({ ...column, at }), at, node };
  }
  const unknown = unknownAt('dynamic-attribute', 'The column is picked while the program runs.', at);
  return { value: unknownSql(unknown), at, node };
}

/** Over a list or the columns of a table that are all known, as are the conditions on them. */
function knownComprehension(inner: Evaluation, expression: Comprehension): Value | null {
  const [only, ...others] = expression.clauses;
  const items = only === undefined || others.length > 0 ? null : knownItems(inner, only.iterable);
  if (only === undefined || items === null || items.elements.length > ITEM_LIMIT) return null;
  const elements: Located[] = [];
  const entries: { readonly key: Located; readonly value: Located }[] = [];
  for (const item of items.elements) {
    bindTarget(inner, only.target, item.value);
    const tests = only.conditions.map(each => isMet(inner, each));
    if (tests.includes(null)) return null;
    if (tests.includes(false)) continue;
    const made = { ...located(inner, expression.element), at: locationOf(inner, expression.element) };
    if (expression.value === null) elements.push(made);
    else entries.push({ key: made, value: located(inner, expression.value) });
  }
  return expression.type === 'dict' ? { kind: 'dict', entries } : { ...items, elements };
}

/** Null where it is not known. */
function isMet(inner: Evaluation, condition: Expression): boolean | null {
  if (condition.kind === 'unary' && condition.operator === 'not') {
    const opposite = isMet(inner, condition.operand);
    return opposite === null ? null : !opposite;
  }
  const value = inner.evaluate(inner, condition);
  return value.kind === 'constant' ? Boolean(value.value) : null;
}

const ITEM_LIMIT = 20;

function knownItems(inner: Evaluation, iterable: Expression): ListValue | null {
  const value = inner.evaluate(inner, iterable);
  if (value.kind === 'list') return value;
  const at = locationOf(inner, iterable);
  if (value.kind === 'primary-key') return keyColumns(value, { at, node: iterable });
  if (value.kind !== 'columns') return null;
  const elements = columnsOf(value.from).map(each => ({ value: element(each), at, node: iterable }));
  return { kind: 'list', elements };
}

export function evaluateComprehension(evaluation: Evaluation, expression: Comprehension): Value {
  const inner: Evaluation = {
    ...evaluation,
    environment: createEnvironment(evaluation.environment, 'comprehension'),
  };
  const known = knownComprehension(inner, expression);
  if (known !== null) return known;
  for (const clause of expression.clauses) {
    const iterable = inner.evaluate(inner, clause.iterable);
    inner.recorder?.used(iterable, clause.iterable);
    bindTarget(inner, clause.target, itemsValue(iterable));
    for (const condition of clause.conditions) inner.evaluate(inner, condition);
  }
  const made = inner.evaluate(inner, expression.element);
  inner.recorder?.used(made, expression.element);
  const value = expression.value === null ? null : inner.evaluate(inner, expression.value);
  const sql = isSql(made) || (value !== null && isSql(value));
  // Rows of one kind, as many as there are.
  const isRow = value === null && made.kind === 'dict';
  if (!sql && !isRow) {
    const isList = expression.type === 'list' && made.kind === 'python' && made.type !== null;
    return isList ? { ...PYTHON, item: made.type } : PYTHON;
  }
  const at = locationOf(evaluation, expression.element);
  if (value === null)
    return { kind: 'list', elements: [{ value: made, at, node: expression.element }], repeated: true };
  const detail = 'The number of elements is only known while the program runs.';
  return unknownSql(unknownAt('dynamic-arguments', detail, locationOf(evaluation, expression)));
}
