/** Chains of calls and attributes that are longer than what is followed link by link, each within the next one. */
import type { Expression } from './syntax.ts';

/** Two for each method call. */
const LINKS = 600;

export function isLongChain(expression: Expression): boolean {
  let links = 0;
  for (let inner = expression; isLink(inner) && links <= LINKS; inner = beforeLink(inner)) links += 1;
  return links > LINKS;
}

/** The innermost call of a chain: `select(User)` of `select(User).where(…).limit(…)`. */
export function firstCall(expression: Expression): Expression | null {
  let call: Expression | null = null;
  for (let inner = expression; isLink(inner); inner = beforeLink(inner))
    if (inner.kind === 'call') call = inner;
  return call;
}

type Link = Expression & { readonly kind: 'call' | 'attribute' };

function isLink(expression: Expression): expression is Link {
  return expression.kind === 'call' || expression.kind === 'attribute';
}

function beforeLink(link: Link): Expression {
  return link.kind === 'call' ? link.function : link.value;
}
