/** Methods of tables, aliases, subqueries and CTEs. */
import { conditionOf } from '../coercion.ts';
import { conjunction } from '../elements.ts';
import { emptySelect } from '../empty-select.ts';
import { argument, built, type Call, constantArgument, flag } from '../evaluation.ts';
import { foreignKeyCondition } from '../foreign-keys.ts';
import { tableBehind } from '../from-elements.ts';
import { aliasOf, fromOf } from '../from-values.ts';
import { anonymous } from '../identifiers.ts';
import type { CteFrom, Element, FromElement, JoinStyle } from '../ir.ts';
import { deleteFrom, insertInto, updateOf } from '../library/data-changes.ts';
import { joinConditions } from '../relationship-joins.ts';
import { unreadColumns } from '../select-items.ts';
import { sampleOf } from '../table-sample.ts';
import { element, type Located, type Value } from '../value.ts';
import { renderDerived } from './function-methods.ts';
import { compound, isForOtherDialect, statementsIn } from './rows-methods.ts';

export type FromMethod = (from: FromElement, call: Call) => Value | null;

export const fromMethods: Readonly<Record<string, FromMethod>> = {
  alias: (from, call) => {
    const name = constantArgument(call, 0, 'name');
    return { kind: 'from', from: aliased(from, typeof name === 'string' ? name : null, call) };
  },
  tablesample: sampleOf,
  lateral: (from, call) => {
    const name = constantArgument(call, 0, 'name');
    const text = typeof name === 'string' ? name : null;
    if (from.kind === 'subquery')
      return { kind: 'from', from: { ...from, lateral: true, name: text ?? from.name } };
    return from.kind === 'function-from'
      ? { kind: 'from', from: { ...from, lateral: true, name: text ?? from.name } }
      : null;
  },
  select: (from, call) => {
    const isRead = tableBehind(from)?.complete !== false;
    const unknown = isRead ? null : unreadColumns(from, call.at);
    return built(call, { ...emptySelect(from, call.at), unknown });
  },
  insert: (from, call) => insertInto(from, call, false),
  update: (from, call) => updateOf(from, call),
  delete: (from, call) => deleteFrom(from, call),
  join: joined('inner'),
  outerjoin: joined('left'),
  render_derived: (from, call) =>
    from.kind === 'function-from' ? { kind: 'from', from: renderDerived(from, call) } : null,
  to_metadata: copied,
  tometadata: copied,
  table_valued: (from, call) => element({ kind: 'table-reference', from, at: call.at }),
  prefix_with: withText('prefixes'),
  suffix_with: withText('suffixes'),
  union: restated('UNION'),
  union_all: restated('UNION ALL'),
};

/** Words before and behind what a CTE is: MATERIALIZED, CYCLE, SEARCH. */
function withText(clause: 'prefixes' | 'suffixes'): FromMethod {
  return (from, call) => {
    if (isForOtherDialect(call)) return { kind: 'from', from };
    if (from.kind !== 'cte') return null;
    const texts = call.arguments.positional.map(({ value }) =>
      value.kind === 'constant' ? String(value.value) : null,
    );
    const known = texts.filter(each => each !== null);
    if (known.length < texts.length) return null;
    return { kind: 'from', from: { ...from, [clause]: [...from[clause], ...known] } };
  };
}

/** `table.to_metadata(other, schema="archive", name="old")`: another table with the same columns. */
function copied(from: FromElement, call: Call): Value | null {
  if (from.kind !== 'table' || call.arguments.open !== null) return null;
  const named = call.arguments.keywords.has('name') ? constantArgument(call, 99, 'name') : null;
  const isGiven = call.arguments.keywords.has('schema') || call.arguments.positional.length > 1;
  const schema = isGiven ? constantArgument(call, 1, 'schema') : from.schema;
  const isKnown = (each: unknown) => each === null || typeof each === 'string';
  if (!isKnown(named) || !isKnown(schema)) return null;
  const { shared: _, ...table } = from;
  const name = named === null ? from.name : String(named);
  return {
    kind: 'from',
    from: { ...table, model: null, name, schema: schema === null ? null : String(schema) },
  };
}

function aliased(from: FromElement, name: string | null, call: Call): FromElement {
  if (from.kind !== 'cte') return aliasOf(from, name, call.at);
  const alias: CteFrom = {
    ...from,
    name: name ?? anonymous({}, 'anon'),
    aliasOf: from.aliasOf ?? from,
    at: call.at,
  };
  return alias;
}

/** `table.join(other, on)`: a FROM element of its own. */
function joined(style: JoinStyle): FromMethod {
  return (from, call) => {
    const target = argument(call, 0, 'right');
    const on = argument(call, 1, 'onclause');
    const right = target === undefined ? null : fromOf(target.value);
    if (right === null) return null;
    const condition = joinCondition(call, from, right, on);
    if (condition === null || mayBeRestricted(target)) return null;
    const outer = flag(call, 'isouter') ? 'left' : style;
    return {
      kind: 'from',
      from: {
        kind: 'join',
        left: from,
        right,
        on: condition,
        style: flag(call, 'full') ? 'full' : outer,
        at: call.at,
      },
    };
  };
}

/** `join(User, Address, User.addresses)` of the ORM takes a relationship too. */
function joinCondition(
  call: Call,
  left: FromElement,
  right: FromElement,
  on: Located | undefined,
): Element | null {
  if (on === undefined) return foreignKeyCondition(left, right);
  if (on.value.kind !== 'relationship') return conditionOf(call.evaluation, on);
  const { model, attribute, from, criteria } = on.value;
  const joined = joinConditions(call.evaluation, model, attribute.name, from, right, null);
  return (
    joined.on && (criteria.length === 0 ? joined.on : conjunction('and', [joined.on, ...criteria], call.at))
  );
}

/** The ORM's `join()` adds what tells the rows of such a class apart, that of tables does not. */
function mayBeRestricted(target: Located | undefined): boolean {
  return target?.value.kind === 'entity' && target.value.model.inherits?.style === 'single';
}

/** `cte.union_all(…)`: the recursive CTE, complete. */
function restated(operator: 'UNION' | 'UNION ALL'): FromMethod {
  return (from, call) => {
    if (from.kind !== 'cte') return null;
    const parts = statementsIn(call);
    const combined = compound(operator, parts, call, null);
    const restating: CteFrom = {
      ...from,
      statement: { ...combined, selects: [from.statement, ...combined.selects] },
      restates: from,
      aliasOf: null,
      at: call.at,
    };
    return { kind: 'from', from: restating };
  };
}
