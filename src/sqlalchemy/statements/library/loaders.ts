/** Loader strategies: `selectinload`, `joinedload` and kin, and their chained forms. */

import type { SourceLocation } from '../../model.ts';
import type { Unknown } from '../../statement.ts';
import { conjunction } from '../elements.ts';
import { type Call, type Evaluation, flag, unknownAt } from '../evaluation.ts';
import { aliasOf, fromOf } from '../from-values.ts';
import type { ColumnLoading, EagerJoin, FromElement, LoadPath } from '../ir.ts';
import { joinConditions } from '../relationship-joins.ts';
import { relationshipOrder } from '../relationship-order.ts';
import { ofTarget } from '../single-table.ts';
import type { LoaderValue, RelationshipValue, Value } from '../value.ts';

const separate = new Set([
  'selectinload',
  'subqueryload',
  'lazyload',
  'noload',
  'raiseload',
  'immediateload',
  'defaultload',
  'Load',
  'write_only',
  'selectin_polymorphic',
]);
/** These change which columns or rows the statement itself has. */
const changing = new Set([
  'with_expression', 'with_loader_criteria',
]); // biome-ignore format: a list

const joining = new Set(['joinedload', 'contains_eager']);

const columnOptions: Readonly<Record<string, ColumnLoading['kind']>> = {
  load_only: 'only',
  defer: 'defer',
  undefer: 'undefer',
  undefer_group: 'undefer-group',
};

export function isLoader(name: string): boolean {
  return separate.has(name) || changing.has(name) || name in columnOptions || joining.has(name);
}

/** `previous` is what it is chained to: `selectinload(A.b).joinedload(B.c)`. */
export function loaderOf(name: string, call: Call, previous: LoaderValue | null): Value {
  const given = call.arguments.positional[0]?.value;
  const loader: LoaderValue = {
    kind: 'loader',
    path: [],
    separate: false,
    replaced: null,
    contained: [],
    loading: [],
    criteria: [],
    unknown: null,
    ...previous,
    loads: loadsOf(name, call, previous),
  };
  // What follows a separate query is part of that query.
  if (loader.separate) return loader;
  if (name === 'with_loader_criteria') return withCriterion(loader, call);
  if (changing.has(name)) return { ...loader, unknown: notRendered(name, call) };
  const option = columnOptions[name];
  if (option !== undefined) return withColumns(loader, option, call);
  if (given?.kind !== 'relationship') return loader;
  if (name === 'contains_eager') return containsEager(loader, given, call);
  if (name !== 'joinedload')
    return { ...loader, separate: name !== 'defaultload', replaced: given.attribute.name };
  const parent = loader.path.at(-1)?.target ?? given.from;
  const inner = call.arguments.keywords.get('innerjoin')?.value;
  const join = eagerJoin(
    call.evaluation,
    given,
    parent,
    inner?.kind === 'constant' && inner.value === true,
    call.at,
  );
  if (join !== null) return { ...loader, path: [...loader.path, join] };
  return {
    ...loader,
    unknown: unknownAt('unsupported-construct', 'This relationship cannot be joined.', call.at),
  };
}

/** A condition, or a function of the class that gives one. */
function withCriterion(loader: LoaderValue, call: Call): LoaderValue {
  const [target, given] = call.arguments.positional;
  const unknown = notRendered('with_loader_criteria', call);
  if (target?.value.kind !== 'entity' || target.value.from.kind !== 'table' || given === undefined)
    return { ...loader, unknown };
  const { model, from } = target.value;
  // Other classes of the same table would be taken for it.
  if (model.inherits?.style === 'single') return { ...loader, unknown };
  const value =
    given.value.kind === 'lambda' || given.value.kind === 'function'
      ? call.evaluation.invoke(call.evaluation, given.value, {
          positional: [target],
          keywords: new Map(),
          open: null,
        })
      : given.value;
  if (value.kind !== 'element') return { ...loader, unknown };
  const aliases = flag(call, 'include_aliases');
  const criterion = { model, from, condition: value.element, aliases };
  return { ...loader, criteria: [...loader.criteria, criterion] };
}

/** The alias, where one is given, is what the statement joins. */
function containsEager(loader: LoaderValue, given: RelationshipValue, call: Call): LoaderValue {
  const alias = call.arguments.keywords.get('alias')?.value;
  const target = alias === undefined ? (given.target?.from ?? null) : fromOf(alias);
  if (target === null) {
    const detail = 'What contains_eager() takes from the statement is not understood.';
    return { ...loader, unknown: unknownAt('unsupported-construct', detail, call.at) };
  }
  const { name, collection } = given.attribute;
  const model = given.target?.model ?? given.model;
  const parent = loader.contained.at(-1)?.target ?? given.from;
  const contained = { parent, model, relationship: name, target, collection, at: call.at };
  return { ...loader, contained: [...loader.contained, contained], replaced: name };
}

/** With one more path for each relationship among the arguments: 1.x allowed several, one behind the other. */
function loadsOf(name: string, call: Call, previous: LoaderValue | null): readonly LoadPath[] {
  const loads = [...(previous?.loads ?? [])];
  for (const { value } of call.arguments.positional) {
    const isWildcard = value.kind === 'constant' && value.value === '*';
    if (value.kind !== 'relationship' && !isWildcard) continue;
    const relationship = value.kind === 'relationship' ? value.attribute.name : null;
    loads.push([...(loads.at(-1) ?? []), { strategy: name, relationship }]);
  }
  return loads;
}

/** `selectinload(A.b).options(joinedload(B.c), selectinload(B.d))`: each goes on from the relationship. */
export function branchedLoader(call: Call, self: LoaderValue): LoaderValue {
  const trunk = self.loads.at(-1) ?? [];
  const branches = call.arguments.positional.flatMap(({ value }) =>
    value.kind === 'loader' ? value.loads.map(path => [...trunk, ...path]) : [],
  );
  return { ...self, loads: [...self.loads, ...branches, trunk] };
}

function notRendered(name: string, call: Call): Unknown {
  const detail = `${name} changes the statement in a way that is not rendered yet.`;
  return unknownAt('unsupported-construct', detail, call.at);
}

/** Of the class that the chain has come to, else of that of the attributes. */
function withColumns(loader: LoaderValue, kind: ColumnLoading['kind'], call: Call): LoaderValue {
  const given = call.arguments.positional;
  const names: string[] = [];
  let from: FromElement | null = loader.path.at(-1)?.target ?? null;
  for (const { value } of given) {
    if (value.kind === 'constant' && typeof value.value === 'string') names.push(value.value);
    else if (value.kind === 'element' && value.element.kind === 'column' && value.mapped !== null) {
      names.push(value.mapped.attribute.name);
      if (loader.path.length === 0) from = value.element.from;
    } else return { ...loader, unknown: notRendered('This option on what is no column', call) };
  }
  return { ...loader, loading: [...loader.loading, { from, kind, names }] };
}

/** The LEFT OUTER JOIN of a relationship, to an alias of its own. */
export function eagerJoin(
  evaluation: Evaluation,
  relationship: RelationshipValue,
  parent: FromElement,
  inner: boolean,
  at: SourceLocation | null,
): EagerJoin | null {
  if (relationship.target === null || relationship.target.from.kind === 'join') return null;
  const { model, attribute } = relationship;
  const join = evaluation.linked.joinOf(model, attribute.name);
  const table = join === null || join.secondary === null ? null : evaluation.tables.between(join.secondary);
  const secondary = table === null ? null : aliasOf(table, null, null);
  const target = aliasOf(relationship.target.from, null, null);
  const { on, secondary: through } = joinConditions(
    evaluation,
    model,
    attribute.name,
    parent,
    target,
    secondary,
  );
  const orderBy = relationshipOrder(evaluation, model, attribute, relationship.target.from, target);
  if (on === null || orderBy === null) return null;
  const own = ofTarget(on, { model: relationship.target.model, from: target });
  return {
    parent,
    orderBy,
    relationship: attribute.name,
    target,
    model: relationship.target.model,
    on: relationship.criteria.length === 0 ? own : conjunction('and', [own, ...relationship.criteria], at),
    secondary: secondary === null || through === null ? null : { from: secondary, on: through },
    inner,
    collection: attribute.collection,
    at,
  };
}
