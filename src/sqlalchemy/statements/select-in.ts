/** `SELECT … WHERE key IN (…)`: what loads one relationship of many objects at once (`_SelectInLoader`). */
import { isAtLeast } from '../../python/packages/version.ts';
import type { Model, RelationshipAttribute } from '../model.ts';
import { columnNamed } from './columns.ts';
import { binary, bind } from './elements.ts';
import { selectOf } from './empty-select.ts';
import type { Evaluation } from './evaluation.ts';
import { aliasOf } from './from-values.ts';
import type { ColumnElement, Element, FromElement, JoinStep, SelectNode } from './ir.ts';
import { associationAlias, joinConditions } from './relationship-joins.ts';
import { relationshipOrder } from './relationship-order.ts';
import { BOOLEAN } from './sql-type.ts';
import type { EntityValue, RelationshipValue } from './value.ts';

export interface SelectIn {
  readonly select: SelectNode;
  readonly target: EntityValue;
  /** What is told of each row besides: whose it is. */
  readonly keys: readonly ColumnElement[];
}

export function selectIn(
  evaluation: Evaluation,
  owner: EntityValue,
  relationship: RelationshipValue,
): SelectIn | null {
  const { target, attribute, model } = relationship;
  const join = evaluation.linked.joinOf(model, attribute.name);
  if (join === null || target === null) return null;
  const order = relationshipOrder(evaluation, model, attribute, target.from, target.from);
  if (order === null) return null;
  const isPlain = join.custom === null && target.from !== owner.from;
  const keysOf = (each: Model) =>
    each.attributes.flatMap(one => (one.kind === 'column' && one.primaryKey ? [one.column] : []));
  const remote = join.pairs.map(pair => pair.remote.column);
  const local = join.pairs.map(pair => pair.local.column);
  const targetKeys = keysOf(target.model);
  const isDirect = join.secondary === null && join.custom === null;
  const direct = { froms: [target.from], joins: [], order };
  if (isDirect && attribute.direction === 'many-to-one' && isSame(remote, targetKeys))
    return finished(target, columnsNamed(target.from, targetKeys), direct);
  // The partners of the owner's keys; null where its keys are not what it is referred to by.
  const partners = isSame(local, keysOf(model)) ? inOrder(keysOf(model), local, remote) : null;
  if (isDirect && attribute.direction === 'one-to-many' && partners !== null)
    return finished(target, columnsNamed(target.from, partners), direct);
  const secondary = join.secondary && evaluation.tables.between(join.secondary);
  if (secondary !== null && isPlain && !isBefore21(evaluation) && partners !== null) {
    const { on } = joinConditions(evaluation, model, attribute.name, owner.from, target.from, secondary);
    if (on === null) return null;
    const step = stepTo(target, secondary, on, null, attribute);
    return finished(target, columnsNamed(secondary, partners), { froms: [secondary], joins: [step], order });
  }
  return throughParent(evaluation, owner, relationship, keysOf(model), order);
}

/** `FROM parent AS parent_1 JOIN …`, where the target alone does not tell whose it is. */
function throughParent(
  evaluation: Evaluation,
  owner: EntityValue,
  relationship: RelationshipValue,
  keys: readonly string[],
  order: readonly Element[],
): SelectIn | null {
  if (owner.from.kind !== 'table') return null;
  const parent = aliasOf(owner.from, null, null);
  const step = stepFrom(evaluation, parent, relationship);
  if (step === null || relationship.target === null) return null;
  const body = { froms: [parent], joins: [step], order };
  return finished(relationship.target, columnsNamed(parent, keys), body);
}

/** The join along a relationship from what stands for its owner; null where its condition is not known. */
export function stepFrom(
  evaluation: Evaluation,
  parent: FromElement,
  { model, attribute, target }: RelationshipValue,
): JoinStep | null {
  if (target === null) return null;
  const secondary = associationAlias(evaluation, { model, attribute });
  const joined = joinConditions(evaluation, model, attribute.name, parent, target.from, secondary);
  if (joined.on === null || (secondary !== null && joined.secondary === null)) return null;
  const between =
    secondary === null || joined.secondary === null ? null : { from: secondary, on: joined.secondary };
  return stepTo(target, parent, joined.on, between, attribute);
}

function stepTo(
  { from: right, model }: EntityValue,
  left: FromElement,
  on: Element,
  secondary: JoinStep['secondary'],
  { collection }: RelationshipAttribute,
): JoinStep {
  return {
    items: null,
    left,
    right,
    model,
    on,
    secondary,
    style: 'inner',
    target: null,
    collection,
    at: null,
  };
}

interface Body {
  readonly froms: readonly FromElement[];
  readonly joins: readonly JoinStep[];
  readonly order: readonly Element[];
}

function finished(target: EntityValue, keys: readonly ColumnElement[] | null, body: Body): SelectIn | null {
  if (keys === null || keys.length === 0) return null;
  const [first] = keys;
  const among: Element =
    keys.length === 1 && first !== undefined ? first : { kind: 'tuple', elements: keys, at: null };
  const values = {
    ...bind('primary_keys', first?.type ?? BOOLEAN, null),
    unique: false,
    expanding: 'open',
  } as const;
  const where = binary(among, 'in', values, { type: BOOLEAN, negate: 'not-in', at: null });
  const select = {
    ...selectOf([], null),
    froms: body.froms,
    joins: body.joins,
    where: [where],
    orderBy: body.order,
  };
  return { select, target, keys };
}

/** How columns are labelled, and how rows behind an association table are told apart, has changed. */
export function isBefore21({ linked, file }: Evaluation): boolean {
  return isAtLeast(linked.packagesOf(file.path).versionOf('sqlalchemy'), 2, 1) === false;
}

function columnsNamed(from: FromElement, names: readonly string[]): readonly ColumnElement[] | null {
  const found = names.flatMap(name => columnNamed(from, name) ?? []);
  return found.length === names.length ? found : null;
}

/** The partners of the keys, in the order of the keys. */
function inOrder(
  keys: readonly string[],
  local: readonly string[],
  remote: readonly string[],
): readonly string[] {
  return keys.flatMap(key => remote[local.indexOf(key)] ?? []);
}

function isSame(one: readonly string[], two: readonly string[]): boolean {
  return one.length === two.length && one.every(each => two.includes(each));
}
