/** Tells an SQL condition that is being built from a test that Python itself makes. */
import type { Expression, Statement } from '../python/syntax.ts';

/**
 * True where Python decides by the node's truth: the test of `if`, `while`, `assert`, a conditional expression or
 * a comprehension. Arguments of a call are the call's business, whatever stands around it.
 */
export function isPythonTest(node: Expression, ancestors: readonly (Expression | Statement)[]): boolean {
  let inner: Expression | Statement = node;
  for (const outer of ancestors.toReversed()) {
    switch (outer.kind) {
      case 'call':
      case 'lambda':
        return false;
      case 'if':
      case 'while':
      case 'assert':
      case 'conditional':
        return outer.test === inner;
      case 'comprehension':
        return outer.clauses.some(clause => clause.conditions.some(condition => condition === inner));
      default:
        inner = outer;
    }
  }
  return false;
}
