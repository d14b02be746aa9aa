/** `with_polymorphic(…)`: the tables of a class and of its subclasses joined, and the columns of each class among them. */
import type { LinkedProject } from '../linked-project.ts';
import type { Model } from '../model.ts';
import { columnOf } from './columns.ts';
import { type Call, flag, unsupported } from './evaluation.ts';
import { aliasOrSubquery, flatAliasOf } from './from-values.ts';
import type { ColumnElement, FromElement, JoinFrom, TableFrom } from './ir.ts';
import { columnThrough } from './rows-of-join.ts';
import { mappedSubclassesOf } from './subclasses.ts';
import type { Tables } from './tables.ts';
import { tablesTogether } from './together.ts';
import type { EntityValue, Value } from './value.ts';

/** Null where the arguments are not understood. */
export function withPolymorphic(call: Call): Value | null {
  const { evaluation, arguments: given } = call;
  const base = given.positional[0]?.value ?? given.keywords.get('base')?.value;
  const classes = given.positional[1] ?? given.keywords.get('classes');
  if (base?.kind !== 'entity' || base.alias || classes === undefined || given.positional.length > 2)
    return null;
  if (given.keywords.has('selectable') || given.keywords.has('polymorphic_on')) return null;
  const chosen = chosenClasses(classes.value);
  if (chosen === null) return null;
  const style = flag(call, 'innerjoin') ? 'inner' : 'left';
  const from = polymorphicJoin(evaluation, base.model, chosen, style);
  if (from === null) return unsupported(call, 'The subclasses that are read together are not understood.');
  const isNested = flag(call, 'aliased');
  const placed = flag(call, 'flat')
    ? flatAliasOf(from)
    : isNested
      ? aliasOrSubquery(from, null, call.at)
      : from;
  return placed && { kind: 'entity', model: base.model, from: placed, alias: true };
}

function chosenClasses(value: Value): readonly Model[] | '*' | null {
  if (value.kind === 'constant') return value.value === '*' ? '*' : null;
  if (value.kind === 'entity') return [value.model];
  if (value.kind !== 'list') return null;
  const models = value.elements.flatMap(each => (each.value.kind === 'entity' ? [each.value.model] : []));
  return models.length === value.elements.length ? models : null;
}

interface Known {
  readonly linked: LinkedProject;
  readonly tables: Tables;
}

/** `_selectable_from_mappers`; the class's own tables where no other has one. */
export function polymorphicJoin(
  { linked, tables }: Known,
  base: Model,
  chosen: readonly Model[] | '*',
  style: JoinFrom['style'],
): FromElement | null {
  const below = mappedSubclassesOf(linked, base.qualifiedName);
  const wanted = chosen === '*' ? null : new Set(chosen.flatMap(each => [each.qualifiedName, ...each.bases]));
  const others = below.filter(each => wanted === null || wanted.has(each.qualifiedName));
  return tablesTogether([base, ...others], tables.joined, style);
}

/** `both.Manager`: the subclass among what is read together; null for a name that is none of them. */
export function subclassAmong(entity: EntityValue, name: string): EntityValue | null {
  const models = modelsOf(entity.from);
  const model = models?.find(each => each.name === name && each !== entity.model);
  return model === undefined ? null : { ...entity, model };
}

function modelsOf(from: FromElement): readonly Model[] | undefined {
  if (from.kind === 'subquery') return from.of && modelsOf(from.of);
  return from.kind === 'join' ? from.polymorphic : undefined;
}

/** A column of a class by its attribute, in its own table before those of its parents. */
export function columnAmong(
  known: Known,
  from: FromElement,
  model: Model,
  attribute: string,
): ColumnElement | null {
  if (from.kind === 'subquery') {
    const inner = from.of && columnAmong(known, from.of, model, attribute);
    return inner ? columnThrough(from, inner) : null;
  }
  if (from.kind !== 'join') return columnOf(from, attribute);
  for (let each: Model | undefined = model; each !== undefined; each = parentOf(known, each)) {
    const table = known.tables.of(each);
    const piece = table && pieceOf(from, table);
    const column = piece && columnOf(piece, attribute);
    if (column) return column;
  }
  return null;
}

function parentOf({ linked }: Known, { inherits }: Model): Model | undefined {
  return inherits === null ? undefined : linked.models.get(inherits.parent);
}

function pieceOf(from: FromElement, table: TableFrom): FromElement | null {
  if (from.kind === 'join') return pieceOf(from.right, table) ?? pieceOf(from.left, table);
  return from === table || (from.kind === 'alias' && from.of === table) ? from : null;
}
