/** What a dotted expression ends with. */
import type { Expression } from './syntax.ts';

/** `c` of `a.b.c` and of `c`; null for any other expression. */
export function lastName(expression: Expression): string | null {
  if (expression.kind === 'name') return expression.id;
  return expression.kind === 'attribute' ? expression.attribute.id : null;
}
