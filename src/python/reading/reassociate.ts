/**
 * Puts binary operators where CPython puts them, where tree-sitter-python 0.25 does not: it lets `^` bind tighter than
 * `&`, and `**` tighter than an `await` before it, and lets `|` between types group to the right. Parenthesized operands stay as they are.
 */
import type { TextRange } from '../../base/range.ts';
import type { Await, BinaryOperation, BinaryOperator, Expression } from '../syntax.ts';

export interface OperatorToken {
  readonly operator: BinaryOperator;
  readonly range: TextRange;
}

/** `left operator right`, rotated where an operand without parentheses is the looser or the later operation. */
export function combine(left: Expression, token: OperatorToken, right: Expression): BinaryOperation {
  if (token.operator === '&') {
    if (isBare(right, '^')) return graft(left, token, right);
    if (isBare(left, '^')) return join(left.left, tokenOf(left), combine(left.right, token, right));
  }
  // In a type, `A[b] | C | D` comes as `A[b] | (C | D)`.
  if (token.operator === '|' && isBare(right, '|')) return graft(left, token, right);
  return join(left, token, right);
}

/** Combines `left` with the leftmost operand of a chain, then goes on with the chain. */
function graft(left: Expression, token: OperatorToken, chain: BinaryOperation): BinaryOperation {
  const links = [chain];
  let first = chain.left;
  while (isBare(first, chain.operator)) {
    links.push(first);
    first = first.left;
  }
  let grafted = combine(left, token, first);
  for (const link of links.reverse()) grafted = join(grafted, tokenOf(link), link.right);
  return grafted;
}

function join(left: Expression, token: OperatorToken, right: Expression): BinaryOperation {
  return {
    kind: 'binary',
    start: outerStart(left),
    end: outerEnd(right),
    operator: token.operator,
    operatorRange: token.range,
    left,
    right,
  };
}

/** `await value`, which binds tighter than every binary operator. */
export function awaitOf(start: number, value: Expression): Await | BinaryOperation {
  if (!isBare(value, '**')) return { kind: 'await', start, end: outerEnd(value), value };
  return join(awaitOf(start, value.left), tokenOf(value), value.right);
}

/** Where an expression begins, its parentheses included. */
export function outerStart(expression: Expression): number {
  return expression.parenthesized?.start ?? expression.start;
}

/** Where an expression ends, its parentheses included. */
export function outerEnd(expression: Expression): number {
  return expression.parenthesized?.end ?? expression.end;
}

export function outerRange(expression: Expression): TextRange {
  return { start: outerStart(expression), end: outerEnd(expression) };
}

function isBare(expression: Expression, operator: BinaryOperator): expression is BinaryOperation {
  return (
    expression.kind === 'binary' && expression.operator === operator && expression.parenthesized === undefined
  );
}

function tokenOf(operation: BinaryOperation): OperatorToken {
  return { operator: operation.operator, range: operation.operatorRange };
}
