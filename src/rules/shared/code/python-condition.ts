/** Tells an SQL condition that is being built from a test that Python itself makes. */
import type { Expression, Statement } from '../../../python/syntax.ts';

/**
 * True where Python decides by the node's truth: the test of `if`, `while`, `assert`, a conditional expression or
 * a comprehension, and what `all()` and `any()` are asked of each. Other arguments of a call are the call's business,
 * whatever stands around it.
 */
export function isPythonTest(node: Expression, ancestors: readonly (Expression | Statement)[]): boolean {
  let inner: Expression | Statement = node;
  for (const outer of ancestors.toReversed()) {
    switch (outer.kind) {
      case 'call':
        return inner.kind === 'comprehension' && isQuantifier(outer.function);
      case 'lambda':
        return false;
      case 'if':
      case 'while':
      case 'assert':
      case 'conditional':
        return outer.test === inner;
      case 'comprehension':
        if (outer.clauses.some(clause => clause.conditions.some(condition => condition === inner)))
          return true;
        inner = outer;
        break;
      default:
        inner = outer;
    }
  }
  return false;
}

function isQuantifier(called: Expression): boolean {
  return called.kind === 'name' && (called.id === 'all' || called.id === 'any');
}
