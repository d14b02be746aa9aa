/** What a name stands for where it is read: what a call gives the parameter, or what the variable is bound to once. */
import type { Expression } from '../../python/syntax.ts';
import { referenceOf } from './reference.ts';
import { enterSite, type Located, type Site } from './site.ts';

/** One step; null for other expressions, and where no expression stands behind the name. */
export function namedValue(expression: Expression, site: Site): Located | null {
  if (expression.kind !== 'name' && expression.kind !== 'attribute') return null;
  const bound = expression.kind === 'name' ? site.locals.get(expression.id) : undefined;
  if (bound) return bound.kind === 'expression' ? bound : null;
  const reference = referenceOf(expression, site);
  if (reference.kind !== 'variable' || reference.node.value === null) return null;
  // Of `a, b = pair` neither is the pair.
  if (reference.node.targets.some(target => target.kind !== 'name')) return null;
  return { expression: reference.node.value, site: enterSite(site, reference.file) };
}
