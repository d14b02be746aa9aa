/**
 * Builds expressions the way SQLAlchemy's constructors do: parentheses by precedence, flattening of associative
 * operators, negation. Nothing here knows Python.
 */
import type { SourceLocation } from '../model.ts';
import type {
  BinaryElement,
  BindElement,
  ConstantElement,
  Element,
  ListElement,
  SelectNode,
  StatementNode,
  UnaryElement,
} from './ir.ts';
import { isAssociative, isBooleanOperator, isPrecedent, type Operator } from './operators.ts';
import { BOOLEAN, INTEGER, NULL_TYPE, type SqlType, STRING } from './sql-type.ts';

type At = SourceLocation | null;

export function typeOf(element: Element): SqlType {
  switch (element.kind) {
    case 'column':
    case 'bind':
    case 'literal-column':
    case 'binary':
    case 'list':
    case 'unary':
    case 'function':
    case 'case':
    case 'cast':
    case 'type-coerce':
    case 'array':
    case 'scalar-select':
      return element.type;
    case 'written-value':
      return element.column.type;
    case 'label':
    case 'group':
    case 'filter':
    case 'over':
    case 'within-group':
    case 'aggregate-order':
      return typeOf(element.element);
    case 'as-boolean':
    case 'exists':
      return BOOLEAN;
    case 'constant':
      return element.value === 'true' || element.value === 'false' ? BOOLEAN : NULL_TYPE;
    case 'extract':
    case 'next-value':
      return INTEGER;
    case 'collation':
      return STRING;
    default:
      return NULL_TYPE;
  }
}

export function group(element: Element): Element {
  return { kind: 'group', element, at: element.at };
}

/** SQLAlchemy's `self_group(against)`: the element as an operand of an operator. */
export function grouped(element: Element, against: Operator | null): Element {
  switch (element.kind) {
    case 'binary':
    case 'list':
      return operatorGrouped(element, against);
    case 'unary':
      if (element.operator === 'any' || element.operator === 'all') return groupedLeaf(element, against);
      return element.position === 'before' && isPrecedent(element.operator, against)
        ? group(element)
        : element;
    case 'exists':
      return isPrecedent('exists', against) ? group(element) : element;
    case 'label': {
      const inner = grouped(element.element, against);
      return inner === element.element ? element : { ...element, element: inner };
    }
    case 'type-coerce': {
      const inner = grouped(element.element, against);
      return inner === element.element ? element : { ...element, element: inner };
    }
    case 'over':
    case 'within-group':
    case 'filter':
      return element.kind === 'filter' && isPrecedent('filter', against) ? group(element) : element;
    case 'text':
      return against === 'in' || against === 'not-in' ? group(element) : element;
    case 'as-boolean':
    case 'group':
    case 'tuple':
    case 'scalar-select':
    case 'unknown':
    case 'constant':
    case 'label-reference':
    case 'slice':
      return element;
    case 'function':
      if (against === 'getitem' && element.type.family === 'array') return group(element);
      return groupedLeaf(element, against);
    case 'array':
      return against === 'getitem' || against === 'any' || against === 'all'
        ? group(element)
        : groupedLeaf(element, against);
    default:
      return groupedLeaf(element, against);
  }
}

function operatorGrouped(element: BinaryElement | ListElement, against: Operator | null): Element {
  if (element.kind === 'list' && element.elements.length === 0) return element;
  const mayGroup = element.kind === 'binary' || element.group;
  const needed = mayGroup && isPrecedent(element.operator, against);
  const negated = against === 'inv' && !isBooleanOperator(element.operator);
  return needed || negated ? group(element) : element;
}

function groupedLeaf(element: Element, against: Operator | null): Element {
  const condition = against === 'and' || against === 'or' || against === 'as-boolean';
  if (condition && typeOf(element).family === 'boolean') {
    return { kind: 'as-boolean', element, negated: false, at: element.at };
  }
  return against === 'any' || against === 'all' ? group(element) : element;
}

export interface BinaryOptions {
  readonly type: SqlType;
  readonly negate?: Operator | null;
  readonly modifier?: string | null;
  readonly at: At;
}

/** `OperatorExpression._construct_for_op`. */
export function binary(left: Element, operator: Operator, right: Element, options: BinaryOptions): Element {
  if (isAssociative(operator)) {
    const flattened = [
      ...operandsOf(left, operator, options.type),
      ...operandsOf(right, operator, options.type),
    ];
    if (flattened.length > 2) return list(operator, flattened, options.type, options.at);
  }
  return {
    kind: 'binary',
    left: grouped(left, operator),
    right: grouped(right, operator),
    operator,
    negate: isAggregate(left) || isAggregate(right) ? null : (options.negate ?? null),
    type: options.type,
    modifier: options.modifier ?? null,
    at: options.at,
  };
}

function isAggregate(element: Element): boolean {
  return element.kind === 'unary' && (element.operator === 'any' || element.operator === 'all');
}

function operandsOf(element: Element, operator: Operator, type: SqlType): readonly Element[] {
  if (element.kind === 'list' && element.operator === operator && sameFamily(element.type, type))
    return element.elements;
  if (element.kind === 'binary' && element.operator === operator && sameFamily(element.type, type)) {
    return [element.left, element.right];
  }
  return [element];
}

function sameFamily(left: SqlType, right: SqlType): boolean {
  const loose = (type: SqlType) => (type.family === 'float' ? 'numeric' : type.family);
  return loose(left) === loose(right);
}

export function list(operator: Operator, elements: readonly Element[], type: SqlType, at: At): ListElement {
  return {
    kind: 'list',
    operator,
    elements: elements.map(each => grouped(each, operator)),
    type,
    group: true,
    at,
  };
}

/** `and_(…)` and `or_(…)`: constants that decide nothing disappear, one operand alone stays as it is. */
export function conjunction(operator: 'and' | 'or', elements: readonly Element[], at: At): Element {
  const neutral = operator === 'and' ? 'true' : 'false';
  const deciding = operator === 'and' ? 'false' : 'true';
  const decided = elements.find(each => isConstant(each, deciding));
  if (decided !== undefined) return decided;
  const kept = elements.filter(each => !isConstant(each, neutral));
  const first = kept[0] ?? elements.find(each => isConstant(each, neutral));
  if (first === undefined) return { kind: 'list', operator, elements: [], type: BOOLEAN, group: true, at };
  if (kept.length < 2) return grouped(first, 'as-boolean');
  const flattened = kept
    .map(each => grouped(each, operator))
    .flatMap(each =>
      each.kind === 'list' && each.operator === operator ? each.elements : binaryOperands(each, operator),
    );
  return { kind: 'list', operator, elements: flattened, type: BOOLEAN, group: true, at };
}

/** `or_()` without anything in it prints nothing, wherever it stands. */
export function isEmptyCondition(element: Element): boolean {
  if (element.kind === 'group') return isEmptyCondition(element.element);
  return (
    element.kind === 'list' &&
    (element.operator === 'and' || element.operator === 'or') &&
    element.elements.every(isEmptyCondition)
  );
}

function binaryOperands(element: Element, operator: 'and' | 'or'): readonly Element[] {
  return element.kind === 'binary' && element.operator === operator
    ? [element.left, element.right]
    : [element];
}

export function isConstant(element: Element, value: ConstantElement['value']): boolean {
  return element.kind === 'constant' && element.value === value;
}

export function constant(value: ConstantElement['value'], at: At): ConstantElement {
  return { kind: 'constant', value, at };
}

/** `~element` and `not_(element)`. */
export function negated(element: Element, at: At): Element {
  switch (element.kind) {
    case 'binary':
      if (element.negate !== null) {
        return { ...element, operator: element.negate, negate: element.operator, at };
      }
      return negated(group(element), at);
    case 'as-boolean':
      return { ...element, negated: !element.negated, at };
    case 'constant':
      if (element.value === 'true') return constant('false', at);
      if (element.value === 'false') return constant('true', at);
      return unary('inv', element, NULL_TYPE, at);
    case 'list':
      return unary('inv', grouped(element, 'inv'), BOOLEAN, at);
    case 'unary':
      return unary('inv', grouped(element, 'inv'), BOOLEAN, at);
    case 'exists':
      return unary('inv', group(element), BOOLEAN, at);
    case 'group':
      return typeOf(element).family === 'boolean' &&
        element.element.kind !== 'binary' &&
        element.element.kind !== 'list'
        ? { kind: 'as-boolean', element, negated: true, at }
        : unary('inv', element, BOOLEAN, at);
    default:
      return typeOf(element).family === 'boolean'
        ? { kind: 'as-boolean', element, negated: true, at }
        : unary('inv', grouped(element, 'inv'), BOOLEAN, at);
  }
}

export function unary(operator: Operator, element: Element, type: SqlType, at: At): UnaryElement {
  const after = ['desc', 'asc', 'nulls-first', 'nulls-last'].includes(String(operator));
  return {
    kind: 'unary',
    operator,
    element: grouped(element, operator),
    position: after ? 'after' : 'before',
    type,
    at,
  };
}

export function bind(name: string | null, type: SqlType, at: At): BindElement {
  return { kind: 'bind', name: name ?? 'param', unique: true, type, expanding: null, at };
}

export function equals(left: Element, right: Element, at: At): Element {
  return binary(left, 'eq', right, { type: BOOLEAN, negate: 'ne', at });
}

export function unlabelled(element: Element): Element {
  return element.kind === 'label' ? element.element : element;
}

/** The one that gives a combination its names. */
export function firstSelect(statement: StatementNode): SelectNode | null {
  if (statement.kind === 'select') return statement;
  const [first] = statement.kind === 'compound' ? statement.selects : [];
  return first === undefined ? null : firstSelect(first);
}
