/** `association_proxy("pets", "name")` as a condition: EXISTS over the relationship, as SQLAlchemy's comparators make it. */
import type { SourceLocation } from '../../model.ts';
import { conditionOf } from '../coercion.ts';
import { conjunction } from '../elements.ts';
import { entityOf } from '../entities.ts';
import { type Call, type Evaluation, unknownAt } from '../evaluation.ts';
import type { Element } from '../ir.ts';
import { negate, operate } from '../operations.ts';
import type { NamedOperator } from '../operators.ts';
import { element, isNone, type Located, type ProxyValue, unknownSql, type Value } from '../value.ts';
import { columnMethods } from './column-methods.ts';
import { compareWith, existsWhere, relationshipMethods } from './relationship-methods.ts';

export function proxyMethod(call: Call, self: ProxyValue, name: string): Value {
  const made = name === 'any' || name === 'has' ? exists(call, self) : calledOnRemote(call, self, name);
  return made === null ? refused(name, call.at) : element(made);
}

/** `==` and its kin. */
export function compareProxy(
  evaluation: Evaluation,
  self: ProxyValue,
  operator: NamedOperator,
  other: Located,
  at: SourceLocation,
): Value {
  const inner = comparedRemote(evaluation, self, operator, other, at);
  const found = inner && outer(evaluation, self, [inner], at);
  const made =
    found !== null && operator === 'eq' && isNone(other.value)
      ? orWithout(evaluation, self, found, other, at)
      : found;
  return made === null ? refused(operator, at) : element(made);
}

function refused(name: string, at: SourceLocation): Value {
  return unknownSql(
    unknownAt('unsupported-construct', `${name} of an association proxy is not rendered here.`, at),
  );
}

function exists(call: Call, self: ProxyValue): Element | null {
  const { evaluation, at } = call;
  const { remote } = self;
  if (remote.kind === 'element') {
    const criteria = call.arguments.positional.map(each => conditionOf(evaluation, each));
    return call.arguments.keywords.size > 0 ? null : outer(evaluation, self, criteria, at);
  }
  const inner =
    remote.kind === 'proxy' ? exists(call, remote) : sqlOf(relationshipMethods.any?.(remote, call) ?? null);
  return inner && outer(evaluation, self, [inner], at);
}

function calledOnRemote(call: Call, self: ProxyValue, name: string): Element | null {
  const inner = remoteCriterion(call, self, name);
  return inner && outer(call.evaluation, self, [inner], call.at);
}

function remoteCriterion(call: Call, self: ProxyValue, name: string): Element | null {
  const { evaluation, at } = call;
  const { remote } = self;
  const [other] = call.arguments.positional;
  if (remote.kind === 'element') return columnMethods[name]?.(remote.element, call) ?? null;
  if (name !== 'contains' || other === undefined) return null;
  if (remote.kind === 'proxy')
    return sqlOf(
      isScalar(remote)
        ? compareProxy(evaluation, remote, 'eq', other, at)
        : proxyMethod(call, remote, 'contains'),
    );
  if (!isScalar(self)) return sqlOf(compareWith(evaluation, remote, 'eq', other, at));
  return remote.attribute.collection ? sqlOf(relationshipMethods.contains?.(remote, call) ?? null) : null;
}

function comparedRemote(
  evaluation: Evaluation,
  self: ProxyValue,
  operator: NamedOperator,
  other: Located,
  at: SourceLocation,
): Element | null {
  const { remote } = self;
  if (remote.kind === 'element') return operate(evaluation, remote.element, operator, other, at);
  // Only where the relationship leads to one object: `has()` of a collection is refused.
  if (remote.kind === 'proxy' || !isScalar(self)) return null;
  return operator === 'eq' || operator === 'ne'
    ? sqlOf(compareWith(evaluation, remote, operator, other, at))
    : null;
}

/** `== None` holds where there is no row at all, too. */
function orWithout(
  evaluation: Evaluation,
  self: ProxyValue,
  found: Element,
  none: Located,
  at: SourceLocation,
): Element | null {
  const { through } = self;
  const isOne = through.attribute.direction === 'many-to-one';
  const rows = isOne ? null : outer(evaluation, self, [], at);
  const without = isOne ? sqlOf(compareWith(evaluation, through, 'eq', none, at)) : rows && negate(rows, at);
  return without && conjunction('or', [found, without], at);
}

function outer(
  evaluation: Evaluation,
  { through, remote }: ProxyValue,
  criteria: readonly Element[],
  at: SourceLocation,
): Element | null {
  // SQLAlchemy asks the class itself for the way to a column, even of an alias of it.
  const owner = remote.kind === 'element' ? entityOf(evaluation, through.model) : null;
  const from = owner?.kind === 'entity' ? owner.from : through.from;
  return existsWhere(evaluation, { ...through, from }, at, () => criteria);
}

function isScalar({ through }: ProxyValue): boolean {
  return !through.attribute.collection;
}

function sqlOf(value: Value | null): Element | null {
  return value?.kind === 'element' ? value.element : null;
}
