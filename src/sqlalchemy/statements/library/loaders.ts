/** Loader strategies: `selectinload`, `joinedload` and kin, and their chained forms. */

import type { Unknown } from '../../statement.ts';
import { operandOf } from '../coercion.ts';
import { labelled, mappedExpressions } from '../column-properties.ts';
import { eagerJoin, movedJoin } from '../eager-joins.ts';
import { argument, type Call, flag, unknownAt } from '../evaluation.ts';
import { fromOf } from '../from-values.ts';
import type { ColumnLoading, FromElement, LoadPath, LoadStep } from '../ir.ts';
import {
  type ElementValue,
  EMPTY_LOADER,
  type LoaderValue,
  type Located,
  type RelationshipValue,
  type Value,
} from '../value.ts';

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
const changing = new Set(['with_expression', 'with_loader_criteria']);

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

/**
 * `previous` is what it is chained to: `selectinload(A.b).joinedload(B.c)`. Of several relationships the option is about
 * the last, the others lead to it.
 */
export function loaderOf(name: string, call: Call, previous: LoaderValue | null): LoaderValue {
  const along = call.arguments.positional.filter(({ value }) => value.kind === 'relationship');
  if (along.length > 1 && along.length === call.arguments.positional.length) {
    const only = (each: Located): Call => ({ ...call, arguments: { ...call.arguments, positional: [each] } });
    const last = along.pop() as Located;
    const before = along.reduce<LoaderValue | null>(
      (loader, each) => loaderOf('defaultload', only(each), loader),
      previous,
    );
    return { ...loaderOf(name, only(last), before), loads: loadsOf(name, call, previous) };
  }
  const given = call.arguments.positional[0]?.value;
  const loader: LoaderValue = { ...EMPTY_LOADER, ...previous, loads: loadsOf(name, call, previous) };
  const option = columnOptions[name];
  // What follows a separate query is part of that query.
  if (loader.separate) return option === undefined ? loader : withSeparateColumns(loader, option, call);
  if (name === 'with_loader_criteria') return withCriterion(loader, call);
  if (name === 'with_expression') return withExpression(loader, call);
  if (option !== undefined) return withColumns(loader, option, call);
  if (given?.kind === 'constant' && given.value === '*') {
    if (name === 'joinedload' && loader.path.length > 0)
      return { ...loader, unknown: notRendered('joinedload("*")', call) };
    if (name === 'joinedload') return { ...loader, joinsAll: true };
    return { ...loader, replacesAll: loader.path.length === 0 && name !== 'defaultload' };
  }
  if (given?.kind !== 'relationship')
    return joining.has(name) && given !== undefined
      ? { ...loader, unknown: loader.unknown ?? notFollowed(name, call) }
      : loader;
  if (name === 'contains_eager') return containsEager(loader, given, call);
  const parent = loader.path.at(-1)?.target ?? given.from;
  if (name !== 'joinedload' && name !== 'defaultload')
    return { ...loader, separate: true, replaced: { parent, relationship: given.attribute.name } };
  const join = eagerJoin(call.evaluation, given, parent, innerJoinOf(call, given), call.at);
  if (name === 'defaultload')
    return join === null
      ? { ...loader, separate: true }
      : { ...loader, path: [...loader.path, { ...join, continues: true }] };
  if (join !== null) return { ...loader, path: [...loader.path, join] };
  return {
    ...loader,
    unknown: unknownAt('unsupported-construct', 'This relationship cannot be joined.', call.at),
  };
}

/** What the option says, else the mapping. */
function innerJoinOf(call: Call, { attribute }: RelationshipValue): 'nested' | 'unnested' | null {
  const given = call.arguments.keywords.get('innerjoin')?.value;
  if (given === undefined) return attribute.innerJoin ?? null;
  if (given.kind !== 'constant' || given.value === false || given.value === null) return null;
  return given.value === 'unnested' ? 'unnested' : 'nested';
}

/** A condition, or a function of the class that gives one. */
function withCriterion(loader: LoaderValue, call: Call): LoaderValue {
  const [target, given] = call.arguments.positional;
  const unknown = notRendered('with_loader_criteria', call);
  if (target?.value.kind !== 'entity' || given === undefined) return { ...loader, unknown };
  const { model, from } = target.value;
  const aliases = flag(call, 'include_aliases');
  // Other names for several tables joined are not looked through.
  const isJoined = from.kind === 'join' && from.model === model && from.polymorphic === undefined && !aliases;
  if (!isNamed(from) && !isJoined) return { ...loader, unknown };
  const value =
    given.value.kind === 'lambda' || given.value.kind === 'function'
      ? call.evaluation.invoke(call.evaluation, given.value, {
          positional: [target],
          keywords: new Map(),
          open: null,
        })
      : given.value;
  if (value.kind !== 'element') return { ...loader, unknown };
  const criterion = { model, from, condition: value.element, aliases };
  return { ...loader, criteria: [...loader.criteria, criterion] };
}

/** `with_expression(User.score, …)`: what is loaded for a `query_expression()`. */
function withExpression(loader: LoaderValue, call: Call): LoaderValue {
  const attribute = argument(call, 0, 'key')?.value;
  const given = argument(call, 1, 'expression');
  if (attribute?.kind !== 'element' || attribute.mapped === null || given === undefined)
    return { ...loader, unknown: notRendered('with_expression', call) };
  const { mapped } = attribute;
  const from = loader.path.at(-1)?.target ?? mapped.from ?? null;
  const element = labelled(operandOf(call.evaluation, given));
  const option = { from, kind: 'expression', names: [mapped.attribute.name], element } as const;
  return { ...loader, loading: [...loader.loading, option] };
}

/** A table, or another name for it, which the condition counts for alone. */
function isNamed(from: FromElement): boolean {
  return from.kind === 'table' || (from.kind === 'alias' && from.of.kind === 'table');
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
  const expressions = mappedExpressions(call.evaluation, model, target);
  const contained = {
    ...{ parent, model, relationship: name, target, collection, at: call.at },
    ...(expressions === undefined ? {} : { expressions }),
  };
  return { ...loader, contained: [...loader.contained, contained], replaced: { parent, relationship: name } };
}

/** With one more path for each relationship among the arguments: 1.x allowed several, one behind the other. */
function loadsOf(name: string, call: Call, previous: LoaderValue | null): readonly LoadPath[] {
  const loads = [...(previous?.loads ?? [])];
  if (name === 'selectin_polymorphic') {
    const classes = call.arguments.positional.flatMap(({ value }) =>
      value.kind === 'list' ? value.elements.flatMap(each => qualifiedNameOf(each.value)) : [],
    );
    return [...loads, [...(loads.at(-1) ?? []), { strategy: name, relationship: '', classes, at: call.at }]];
  }
  for (const { value } of call.arguments.positional) {
    const isWildcard = value.kind === 'constant' && value.value === '*';
    if (value.kind !== 'relationship' && !isWildcard) continue;
    const step = value.kind === 'relationship' ? stepOf(value) : { relationship: null };
    loads.push([...(loads.at(-1) ?? []), { strategy: name, ...step, at: call.at }]);
  }
  return loads;
}

function qualifiedNameOf(value: Value): readonly string[] {
  return value.kind === 'entity' ? [value.model.qualifiedName] : [];
}

function stepOf({ model, attribute, target, criteria }: RelationshipValue): Omit<LoadStep, 'strategy'> {
  const isWhole = target?.model.qualifiedName === attribute.target && !target.alias;
  return {
    relationship: attribute.name,
    owner: model.qualifiedName,
    ...(target === null ? {} : { target: target.model.qualifiedName }),
    ...(isWhole && criteria.length === 0 ? {} : { narrowed: true }),
  };
}

/** `selectinload(A.b).load_only(B.c)`: of what the newest step loads. */
function withSeparateColumns(loader: LoaderValue, kind: ColumnLoading['kind'], call: Call): LoaderValue {
  const read = withColumns({ ...loader, loading: [], unknown: null }, kind, call);
  return { ...loader, loads: withStepLoading(loader.loads, read) };
}

function withStepLoading(loads: readonly LoadPath[], { loading, unknown }: LoaderValue): readonly LoadPath[] {
  const path = loads.at(-1) ?? [];
  const last = path.at(-1);
  if (last === undefined) return loads;
  const step = {
    ...last,
    loading: [...(last.loading ?? []), ...loading],
    ...(unknown === null ? {} : { narrowed: true }),
  };
  return [...loads.slice(0, -1), [...path.slice(0, -1), step]];
}

/** `selectinload(A.b).options(joinedload(B.c), selectinload(B.d))`: each goes on from the relationship. */
export function branchedLoader(call: Call, self: LoaderValue): LoaderValue {
  const columns = self.separate ? columnOptionsIn(call) : [];
  const own = columns.reduce((loads, each) => withStepLoading(loads, each), self.loads);
  const trunk = own.at(-1) ?? [];
  const branches = call.arguments.positional.flatMap(({ value }) =>
    value.kind === 'loader' ? value.loads.map(path => [...trunk, ...path]) : [],
  );
  const given = self.separate ? [] : call.arguments.positional;
  const loaders = given.flatMap(({ value }) => (value.kind === 'loader' ? [value, ...value.branches] : []));
  return {
    ...self,
    loads: [...own, ...branches, trunk],
    branches: [...self.branches, ...loaders.map(each => continued(self, each))],
  };
}

/** `.options(load_only(B.c))`: what speaks of columns alone. */
function columnOptionsIn({ arguments: { positional } }: Call): readonly LoaderValue[] {
  return positional.flatMap(({ value }) =>
    value.kind === 'loader' && value.loads.length === 0 && value.loading.length > 0 ? [value] : [],
  );
}

/** An option from the end of another on, as one from the entity on. */
function continued(trunk: LoaderValue, option: LoaderValue): LoaderValue {
  const last = trunk.path.at(-1);
  const place = (from: FromElement) => (from === last?.of ? last.target : from);
  return {
    ...option,
    path: [
      ...trunk.path.map(step => ({ ...step, continues: true })),
      ...option.path.map(step => movedJoin(step, place(step.parent))),
    ],
    replaced: option.replaced && { ...option.replaced, parent: place(option.replaced.parent) },
    contained: option.contained.map(each => ({ ...each, parent: place(each.parent) })),
    loading: option.loading.map(each => ({ ...each, from: each.from && place(each.from) })),
    loads: option.loads.map(path => [...(trunk.loads.at(-1) ?? []), ...path]),
    branches: [],
  };
}

function notFollowed(name: string, call: Call): Unknown {
  return unknownAt('dynamic-arguments', `What ${name}() loads is not known.`, call.at);
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
    else if (value.kind === 'element' && value.mapped !== null && isLoaded(value)) {
      names.push(value.mapped.attribute.name);
      const own = value.mapped.from ?? (value.element.kind === 'column' ? value.element.from : null);
      if (loader.path.length === 0) from = own;
    } else return { ...loader, unknown: notRendered('This option on what is no column', call) };
  }
  const isByString = given.some(({ value }) => value.kind === 'constant' && value.value !== '*');
  const byString = isByString ? { byString: true as const } : {};
  return { ...loader, loading: [...loader.loading, { from, kind, names, ...byString }] };
}

/** Columns and SQL expressions of a class, by their attributes. */
function isLoaded({ element, mapped }: ElementValue): boolean {
  return element.kind === 'column' || mapped?.attribute.kind === 'column-property';
}
