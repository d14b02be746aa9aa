/** Sequences that are written out, element by element. */
import type { Expression, Sequence } from '../../../python/syntax.ts';

/** A list, a tuple or a set. */
export function isSequence(expression: Expression): expression is Sequence {
  return isListOrTuple(expression) || expression.kind === 'set';
}

export function isListOrTuple(
  expression: Expression,
): expression is Sequence & { readonly kind: 'list' | 'tuple' } {
  return expression.kind === 'list' || expression.kind === 'tuple';
}

/** What stands between the brackets of a list or tuple, white space and comments included. */
export function innerText({ start, end }: Sequence, text: string): string {
  return text
    .slice(start, end)
    .replace(/^[[(]\s*/, '')
    .replace(/,?\s*[\])]$/, '');
}
