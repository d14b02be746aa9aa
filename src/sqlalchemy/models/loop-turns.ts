/** The turns of a loop over constants or over a list that is written out. */
import type { Expression, Statement } from '../../python/syntax.ts';
import { constantOf } from '../reading/constants.ts';
import type { Bound, Site } from '../reading/site.ts';

/** A loop over more constants than this is not read. */
const TURNS = 100;

/** What the target of a loop is bound to in each turn; null where that is not written out. */
export function turnsOf(
  { target, iterable }: Statement & { readonly kind: 'for' },
  site: Site,
): readonly (readonly (readonly [string, Bound])[])[] | null {
  if (iterable.kind === 'list' || iterable.kind === 'tuple' || iterable.kind === 'set') {
    const turns = iterable.elements.map(element => bindTarget(target, element, site));
    return turns.every(each => each !== null) ? turns : null;
  }
  const values = constantOf(iterable, site);
  if (!Array.isArray(values) || values.length > TURNS || target.kind !== 'name') return null;
  return values.map(value => [[target.id, { kind: 'constant', value }]]);
}

function bindTarget(
  target: Expression,
  value: Expression,
  site: Site,
): readonly (readonly [string, Bound])[] | null {
  if (target.kind === 'name') return [[target.id, { kind: 'expression', expression: value, site }]];
  const isSplit = target.kind === 'tuple' && (value.kind === 'tuple' || value.kind === 'list');
  if (!isSplit || target.elements.length !== value.elements.length) return null;
  const bound = target.elements.map((each, index) =>
    bindTarget(each, value.elements[index] as Expression, site),
  );
  return bound.every(each => each !== null) ? bound.flat() : null;
}
