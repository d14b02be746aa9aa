/** `inherit_condition=` of a mapper: how the table of a subclass is joined to those of its parent, as pairs of columns. */
import type { Expression } from '../../python/syntax.ts';
import type { InheritCondition, InheritSide } from '../model.ts';
import { followReference, referenceOf } from '../reading/reference.ts';
import type { Site } from '../reading/site.ts';
import type { MapperArguments } from './mapper-arguments.ts';

/** Null without one, `unknown` for what is more than columns that are equal. */
export function inheritConditionOf(given: MapperArguments | null): InheritCondition | 'unknown' | null {
  const written = given?.named.get('inherit_condition');
  if (given === null || written === undefined) return null;
  if (written.kind === 'constant' && written.value === 'None') return null;
  const pairs = equalities(written, given.site);
  return pairs ?? 'unknown';
}

function equalities(written: Expression, site: Site): InheritCondition | null {
  const parts = conjuncts(written, site);
  if (parts !== null) {
    const pairs = parts.map(each => equalities(each, site));
    const known = pairs.filter(each => each !== null);
    return known.length === pairs.length ? known.flat() : null;
  }
  const [only, ...others] = written.kind === 'comparison' ? written.rest : [];
  if (written.kind !== 'comparison' || only?.operator !== '==' || others.length > 0) return null;
  const [left, right] = [sideOf(written.left, site), sideOf(only.right, site)];
  return left === null || right === null ? null : [{ left, right }];
}

/** The parts of `and_(a, b)` and of `a & b`; null for anything else. */
function conjuncts(written: Expression, site: Site): readonly Expression[] | null {
  if (written.kind === 'binary' && written.operator === '&') return [written.left, written.right];
  if (written.kind !== 'call') return null;
  const callee = followReference(written.function, site);
  const isPlain = written.arguments.every(each => each.keyword === null && !each.unpacked);
  if (callee.kind !== 'library' || callee.name !== 'and_' || !isPlain) return null;
  return written.arguments.map(each => each.value);
}

/** `id` of the class body, `Parent.id`, `parents.c.id`, `Parent.__table__.c.id`. */
function sideOf(written: Expression, site: Site): InheritSide | null {
  if (written.kind === 'name') return { owner: null, name: written.id };
  if (written.kind !== 'attribute') return null;
  const { value } = written;
  const isCollection = value.kind === 'attribute' && ['c', 'columns'].includes(value.attribute.id);
  const inner = isCollection ? value.value : value;
  const holder = inner.kind === 'attribute' && inner.attribute.id === '__table__' ? inner.value : inner;
  const reference = referenceOf(holder, site);
  if (reference.kind !== 'class' && reference.kind !== 'variable') return null;
  return { owner: reference.qualifiedName, name: written.attribute.id };
}
