/** Source text of an expression, ready to be an operand or the object of a method call. */
import { sliceOf } from '../../../base/range.ts';
import type { Expression } from '../../../python/syntax.ts';

const primaries: ReadonlySet<Expression['kind']> = new Set([
  'name',
  'attribute',
  'call',
  'subscript',
  'string',
  'number',
  'constant',
  'list',
  'set',
  'dict',
]);

/** With the parentheses that it has, or with new ones where precedence needs them. */
export function primaryText(text: string, expression: Expression): string {
  const written = sliceOf(text, expression.parenthesized ?? expression);
  return expression.parenthesized || primaries.has(expression.kind) ? written : `(${written})`;
}

/** As written, parentheses included. */
export function writtenText(text: string, expression: Expression): string {
  return sliceOf(text, expression.parenthesized ?? expression);
}
