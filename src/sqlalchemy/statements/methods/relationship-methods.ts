/** Relationships as conditions: `any`, `has`, `contains`, comparison with an object, `of_type`, `and_`. */

import type { LinkedProject, RelationshipJoin } from '../../linked-project.ts';
import type { Model, SourceLocation } from '../../model.ts';
import { withFrom } from '../adapt.ts';
import { conditionOf } from '../coercion.ts';
import { columnNamed } from '../columns.ts';
import { binary, bind, conjunction, constant, equals, negated } from '../elements.ts';
import { selectOf } from '../empty-select.ts';
import type { Evaluation } from '../evaluation.ts';
import { type Call, unknownAt } from '../evaluation.ts';
import { fromsOfFrom } from '../from-elements.ts';
import { aliasOf, aliasOrSubquery } from '../from-values.ts';
import type { Element, FromElement } from '../ir.ts';
import { operate } from '../operations.ts';
import { associationTable, joinConditions } from '../relationship-joins.ts';
import { ofTarget } from '../single-table.ts';
import { BOOLEAN, INTEGER } from '../sql-type.ts';
import {
  type EntityValue,
  element,
  isNone,
  type Located,
  type RelationshipValue,
  unknownSql,
  type Value,
} from '../value.ts';

export type RelationshipMethod = (self: RelationshipValue, call: Call) => Value | null;

export const relationshipMethods: Readonly<Record<string, RelationshipMethod>> = {
  any: exists,
  has: exists,
  contains: (self, call) => {
    const other = call.arguments.positional[0];
    if (other === undefined) return null;
    const condition = containsObject(self, call);
    return condition === null ? null : element(condition);
  },
  of_type: (self, call) => {
    const target = call.arguments.positional[0]?.value;
    return target?.kind === 'entity' ? { ...self, target } : null;
  },
  and_: (self, call) => ({
    ...self,
    criteria: [
      ...self.criteria,
      ...call.arguments.positional.map(each => conditionOf(call.evaluation, each)),
    ],
  }),
  is_: (self, call) => compareWith(call.evaluation, self, 'eq', call.arguments.positional[0], call.at),
  is_not: (self, call) => compareWith(call.evaluation, self, 'ne', call.arguments.positional[0], call.at),
};

function exists(self: RelationshipValue, call: Call): Value | null {
  const given = self.target;
  if (given === null) return null;
  const criterion = call.arguments.keywords.get('criterion');
  const made = existsWhere(call.evaluation, self, call.at, entity => {
    const keywords = [...call.arguments.keywords]
      .filter(([name]) => name !== 'criterion')
      .map(([name, value]) => named(call, entity, name, value));
    const positional = [...call.arguments.positional, ...(criterion === undefined ? [] : [criterion])]
      .filter(each => !isNone(each.value))
      .map(each => withFrom(conditionOf(call.evaluation, each), given.from, entity.from));
    return [...positional, ...keywords];
  });
  return made === null ? null : element(made);
}

/**
 * `EXISTS (SELECT 1 FROM target WHERE join AND criteria)`: the criteria are over what stands for the target. What
 * `and_()` adds to the relationship does not count here.
 */
export function existsWhere(
  evaluation: Evaluation,
  self: RelationshipValue,
  at: SourceLocation,
  criteria: (entity: EntityValue) => readonly Element[],
): Element | null {
  const given = self.target;
  if (given === null) return null;
  const target = isSelfReferential(evaluation, self, given)
    ? aliasOrSubquery(given.from, null, null)
    : given.from;
  const table = associationTable(evaluation, self);
  // SQLAlchemy aliases the association table together with the target.
  const secondary = table !== null && target.kind === 'alias' ? aliasOf(table, null, null) : table;
  const joined = joinConditions(evaluation, self.model, self.attribute.name, self.from, target, secondary);
  if (joined.on === null) return null;
  const entity: EntityValue = { ...given, from: target };
  const on = ofTarget(joined.on, entity);
  const join = joined.secondary === null ? on : conjunction('and', [joined.secondary, on], null);
  const where = conjunction('and', [join, ...criteria(entity)], null);
  const own: readonly FromElement[] = secondary === null ? [target] : [target, secondary];
  const except = [...fromsOfFrom(target), ...(secondary === null ? [] : [secondary])];
  const one: Element = { kind: 'literal-column', text: '1', type: INTEGER, at: null };
  const select = {
    ...selectOf([{ kind: 'element', element: one, at: null }], at),
    froms: own,
    fromClasses: [{ model: given.model, from: target }],
    where: [where],
    correlate: { except: true, froms: except },
  };
  return { kind: 'exists', statement: select, at };
}

function named(call: Call, entity: EntityValue, name: string, given: Located): Element {
  const { evaluation } = call;
  const value = evaluation.attribute(evaluation, entity, name, given.at.range);
  const compared =
    value.kind === 'relationship' ? compareWith(evaluation, value, 'eq', given, given.at) : null;
  if (compared?.kind === 'element') return compared.element;
  if (value.kind === 'element')
    return operate(evaluation, { ...value.element, at: given.at }, 'eq', given, given.at);
  return {
    kind: 'unknown',
    unknown: unknownAt('unresolved-name', `“${name}” is no column.`, given.at),
    at: given.at,
  };
}

/** Both sides are of one hierarchy, and neither is another name for it. */
function isSelfReferential(
  { linked, tables }: Evaluation,
  { model, from }: RelationshipValue,
  target: EntityValue,
): boolean {
  if (target.from === from) return true;
  if (target.alias || from !== tables.selectable(model)) return false;
  return rootOf(linked, model) === rootOf(linked, target.model);
}

function rootOf(linked: LinkedProject, model: Model): string {
  const parent = model.inherits === null ? undefined : linked.models.get(model.inherits.parent);
  return parent === undefined || model.inherits?.style === 'concrete'
    ? model.qualifiedName
    : rootOf(linked, parent);
}

/** The parent's columns against parameters, or the association table's where there is one. */
function containsObject(self: RelationshipValue, call: Call): Element | null {
  const join = call.evaluation.linked.joinOf(self.model, self.attribute.name);
  if (join === null || self.target === null) return null;
  if (join.secondary === null) return objectCondition(call.evaluation, self, call.at);
  return null;
}

/** `Address.user == user`, `== None`: the key columns against parameters or NULL. */
export function compareWith(
  evaluation: Evaluation,
  self: RelationshipValue,
  operator: 'eq' | 'ne',
  other: Located | undefined,
  at: SourceLocation,
): Value {
  const refused = () =>
    unknownSql(unknownAt('unsupported-construct', 'This comparison of a relationship is not rendered.', at));
  const join = evaluation.linked.joinOf(self.model, self.attribute.name);
  const isNull = other !== undefined && isNone(other.value);
  if (isNull && self.attribute.direction !== 'many-to-one') {
    const made = existsWhere(evaluation, self, at, () => []);
    if (made !== null) return element(operator === 'eq' ? negated(made, at) : made);
  }
  if (
    join === null ||
    join.secondary !== null ||
    other === undefined ||
    self.attribute.direction !== 'many-to-one'
  )
    return refused();
  if (isNull) {
    const tests = join.pairs.map(pair => {
      const column = columnNamed(self.from, pair.local.column);
      const word = operator === 'eq' ? 'is' : 'is-not';
      return column === null
        ? null
        : binary(column, word, constant('NULL', other.at), {
            type: BOOLEAN,
            negate: operator === 'eq' ? 'is-not' : 'is',
            at,
          });
    });
    const known = tests.filter(each => each !== null);
    return known.length === tests.length ? element(conjunction('and', known, at)) : refused();
  }
  const condition = operator === 'eq' ? objectCondition(evaluation, self, at) : otherObject(self, join, at);
  return condition === null ? refused() : element(condition);
}

/** `address.user_id != $1 OR address.user_id IS NULL`. */
function otherObject(self: RelationshipValue, join: RelationshipJoin, at: SourceLocation): Element | null {
  const tests = join.pairs.map(pair => {
    const column = columnNamed(self.from, pair.local.column);
    if (column === null) return null;
    const isNull = binary(column, 'is', constant('NULL', at), { type: BOOLEAN, negate: 'is-not', at });
    const differs = binary(column, 'ne', bind(null, column.type, at), { type: BOOLEAN, negate: 'eq', at });
    return conjunction('or', [differs, isNull], at);
  });
  const known = tests.filter(each => each !== null);
  return known.length === tests.length && known.length > 0 ? conjunction('and', known, at) : null;
}

function objectCondition(
  evaluation: Evaluation,
  self: RelationshipValue,
  at: SourceLocation,
): Element | null {
  const join = evaluation.linked.joinOf(self.model, self.attribute.name);
  if (join === null) return null;
  const many = self.attribute.direction === 'many-to-one';
  const conditions = join.pairs.map(pair => {
    const column = columnNamed(self.from, pair.local.column);
    if (column === null) return null;
    const parameter = bind(null, column.type, at);
    return many ? equals(parameter, column, at) : equals(column, parameter, at);
  });
  const known = conditions.filter(each => each !== null);
  return known.length === conditions.length && known.length > 0 ? conjunction('and', known, at) : null;
}
