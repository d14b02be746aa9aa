/**
 * What the readers of this folder share while they turn one flat tree into a Module. It carries the readers of
 * expressions and statements, since those hold what the other readers read, and are held by it.
 */
import type { TextRange } from '../../base/range.ts';
import type { Expression, Statement, UnreadableExpression } from '../syntax.ts';
import type { FlatTree, NodeIndex } from '../trees/flat-tree.ts';
import type { FunctionBodies } from './function-bodies.ts';

export interface Reading {
  readonly tree: FlatTree;
  readonly readExpression: (reading: Reading, node: NodeIndex) => Expression;
  readonly readStatements: (reading: Reading, node: NodeIndex) => Statement[];
  /** What the parser skipped or made up, and statements that only other versions of Python have. */
  readonly errors: TextRange[];
  /** Nesting of the node being read; see DEPTH_LIMIT. */
  depth: number;
  /** Null where bodies are read with what they stand in, as those of functions within functions are. */
  readonly bodies: FunctionBodies | null;
}

/**
 * Deeper nesting becomes unreadable, so that no recursion over a tree can exhaust the stack. CPython gives up at 100
 * levels of indentation and 200 of brackets.
 */
export const DEPTH_LIMIT = 400;

/** Longer chains of calls, attributes and operators that nest to the left (`a + b + …`) become unreadable. */
export const CHAIN_LIMIT = 6000;

export function unreadable(range: TextRange): UnreadableExpression {
  return { kind: 'unreadable', start: range.start, end: range.end };
}
