/** Tells where a plain truth value would become part of an SQL statement: arguments of `where()` and its kin. */
import type { Call, Expression, Statement } from '../../../python/syntax.ts';

const conditionCalls: ReadonlySet<string> = new Set([
  'where',
  'filter',
  'having',
  'and_',
  'or_',
  'not_',
  'any',
  'has',
]);

/** True for an argument of such a call, also inside `not`, `and`, `or`, a list or a `*` unpacking. */
export function isSqlCondition(node: Expression, ancestors: readonly (Expression | Statement)[]): boolean {
  let inner: Expression | Statement = node;
  for (const outer of ancestors.toReversed()) {
    switch (outer.kind) {
      case 'call':
        return outer.function !== inner && isConditionCall(outer);
      case 'boolean':
      case 'list':
      case 'tuple':
      case 'starred':
      case 'unary':
        break;
      default:
        return false;
    }
    inner = outer;
  }
  return false;
}

/** `where(…)`, `or_(…)`, `User.posts.any(…)`. */
export function isConditionCall(call: Call): boolean {
  return conditionCalls.has(calledName(call));
}

/** Last part of the called name: `where` of `select(User).where(…)`. Empty for other forms. */
export function calledName(call: Call): string {
  const called = call.function;
  if (called.kind === 'attribute') return called.attribute.id;
  return called.kind === 'name' ? called.id : '';
}
