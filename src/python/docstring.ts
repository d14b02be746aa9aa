/** The docstring of a module, class or function body. */
import type { Statement } from './syntax.ts';

/** Decoded; null where the body does not begin with a plain string. */
export function docstringOf(body: readonly Statement[]): string | null {
  const first = body[0];
  return first?.kind === 'expression' && first.expression.kind === 'string' ? first.expression.value : null;
}
