/** What statements with a body have in common: the expression of the header, and the body. */

import type { Expression, Statement } from '../syntax.ts';
import type { NodeIndex } from '../trees/flat-tree.ts';
import { childOfKind, NONE, startOf } from '../trees/flat-tree.ts';
import { type Reading, unreadable } from './reading.ts';

/** The expression of a header, which broken code may lack. */
export function header(reading: Reading, node: NodeIndex | undefined, statement: NodeIndex): Expression {
  if (node !== undefined && node !== NONE) return reading.readExpression(reading, node);
  const start = startOf(reading.tree, statement);
  return unreadable({ start, end: start });
}

export function blockOf(reading: Reading, node: NodeIndex): Statement[] {
  return node === NONE ? [] : reading.readStatements(reading, childOfKind(reading.tree, node, 'block'));
}

export function isAsync(reading: Reading, node: NodeIndex): boolean {
  return childOfKind(reading.tree, node, 'async') !== NONE;
}
