/**
 * Expressions of the flat tree as `ast` shapes them. Chains that nest to the left (calls, attributes, subscripts, binary
 * and boolean operators) are read in a loop, so that a builder chain of any sane length costs no stack.
 */
import type { TextRange } from '../../base/range.ts';
import { readIdentifier } from '../scopes/identifiers.ts';
import type { BinaryOperator, Expression, Starred } from '../syntax.ts';
import type { FlatTree, NodeIndex } from '../trees/flat-tree.ts';
import {
  childOfKind,
  endOf,
  firstChildOf,
  firstOperandOf,
  isNode,
  kindOf,
  lastPartOf,
  NONE,
  operandsOf,
  partsOf,
  rangeOf,
  textOf,
} from '../trees/flat-tree.ts';
import { readArguments, readIndices } from './read-arguments.ts';
import { readOperand } from './read-operands.ts';
import { CHAIN_LIMIT, DEPTH_LIMIT, type Reading, unreadable } from './reading.ts';
import { combine, outerEnd, outerStart } from './reassociate.ts';

/** Kinds whose first child is an operand of the same chain. */
const LINKS: ReadonlySet<string> = new Set([
  'attribute',
  'binary_operator',
  'boolean_operator',
  'call',
  'generic_type',
  'member_type',
  'subscript',
  'union_type',
]);

/** Reads any node that stands for an expression, an assignment's target, or a type. */
export function readExpression(reading: Reading, node: NodeIndex): Expression {
  const { tree } = reading;
  const { inner, parenthesized } = unwrap(tree, node);
  if (inner === NONE || reading.depth > DEPTH_LIMIT) return unreadable(rangeOf(tree, node));
  reading.depth++;
  const expression = readChain(reading, inner);
  reading.depth--;
  return parenthesized === null ? expression : { ...expression, parenthesized };
}

interface Unwrapped {
  readonly inner: NodeIndex;
  /** The outermost parentheses. */
  readonly parenthesized: TextRange | null;
}

/** Takes off parentheses and the grammar's wrapper around types. */
function unwrap(tree: FlatTree, node: NodeIndex): Unwrapped {
  let inner = node;
  let parenthesized: TextRange | null = null;
  while (inner !== NONE) {
    if (isParenthesis(tree, inner)) parenthesized ??= rangeOf(tree, inner);
    else if (!isNode(tree, inner, 'type')) break;
    inner = firstOperandOf(tree, inner);
  }
  return { inner, parenthesized };
}

/** `(a)` as an assignment's target comes as a tuple pattern without a comma. */
function isParenthesis(tree: FlatTree, node: NodeIndex): boolean {
  const kind = kindOf(tree, node);
  if (kind === 'parenthesized_expression') return true;
  if (kind !== 'tuple_pattern') return false;
  return operandsOf(tree, node).length === 1 && childOfKind(tree, node, ',') === NONE;
}

function readChain(reading: Reading, node: NodeIndex): Expression {
  const { tree } = reading;
  const links: NodeIndex[] = [];
  let inner = node;
  while (LINKS.has(kindOf(tree, inner))) {
    links.push(inner);
    inner = firstOperandOf(tree, inner);
    while (isNode(tree, inner, 'type')) inner = firstChildOf(tree, inner);
  }
  if (links.length > CHAIN_LIMIT) return unreadable(rangeOf(tree, node));
  if (links.length === 0) return readOperand(reading, inner);
  const first = inner === NONE ? unreadable(rangeOf(tree, node)) : readExpression(reading, inner);
  return extendStarred(reading, first, links);
}

/** `*a | b` comes as `(*a) | b`, where Python means `*(a | b)`. */
function extendStarred(reading: Reading, first: Expression, links: NodeIndex[]): Expression {
  if (first.kind !== 'starred' || first.parenthesized !== undefined) return extend(reading, first, links);
  const value = extend(reading, first.value, links);
  const starred: Starred = { kind: 'starred', start: first.start, end: outerEnd(value), value };
  return starred;
}

/** Applies the links of a chain, given outermost first, to its innermost operand. */
function extend(reading: Reading, first: Expression, links: NodeIndex[]): Expression {
  let expression = first;
  for (let link = links.pop(); link !== undefined; link = links.pop()) {
    expression =
      kindOf(reading.tree, link) === 'boolean_operator'
        ? extendBoolean(reading, expression, link, links)
        : extendOnce(reading, expression, link);
  }
  return expression;
}

function extendOnce(reading: Reading, value: Expression, link: NodeIndex): Expression {
  const { tree } = reading;
  const start = outerStart(value);
  const end = endOf(tree, link);
  const last = lastPartOf(tree, link);
  switch (kindOf(tree, link)) {
    case 'call':
      return {
        kind: 'call',
        start,
        end,
        function: value,
        arguments: readArguments(reading, last),
        argumentsRange: rangeOf(tree, last),
      };
    case 'attribute':
    case 'member_type':
      return { kind: 'attribute', start, end, value, attribute: readIdentifier(tree, last) };
    case 'subscript':
      return { kind: 'subscript', start, end, value, indices: readIndices(reading, link, 1) };
    case 'generic_type':
      return { kind: 'subscript', start, end, value, indices: readIndices(reading, last, 0) };
    default:
      return extendBinary(reading, value, partsOf(tree, link));
  }
}

function extendBinary(reading: Reading, left: Expression, parts: readonly NodeIndex[]): Expression {
  const { tree } = reading;
  const [, operator = NONE, right = NONE] = parts;
  if (right === NONE) return left;
  const token = { operator: textOf(tree, operator) as BinaryOperator, range: rangeOf(tree, operator) };
  return combine(left, token, readExpression(reading, right));
}

/** Takes the following links of the same operator with it: `a and b and c` is one operation. */
function extendBoolean(reading: Reading, first: Expression, link: NodeIndex, links: NodeIndex[]): Expression {
  const { tree } = reading;
  const operator = booleanOperatorOf(tree, link) ?? 'and';
  const values = [first];
  const operatorRanges: TextRange[] = [];
  for (let next: NodeIndex | undefined = link; next !== undefined; next = links.pop()) {
    const [, token = NONE, right = NONE] = partsOf(tree, next);
    if (right !== NONE) {
      values.push(readExpression(reading, right));
      operatorRanges.push(rangeOf(tree, token));
    }
    const outer = links.at(-1);
    if (outer === undefined || booleanOperatorOf(tree, outer) !== operator) break;
  }
  const last = values.at(-1) ?? first;
  return { kind: 'boolean', start: outerStart(first), end: outerEnd(last), operator, values, operatorRanges };
}

function booleanOperatorOf(tree: FlatTree, node: NodeIndex): 'and' | 'or' | null {
  if (kindOf(tree, node) !== 'boolean_operator') return null;
  return childOfKind(tree, node, 'and') === NONE ? 'or' : 'and';
}
