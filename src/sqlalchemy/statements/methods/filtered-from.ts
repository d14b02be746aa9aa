/** Which entity `filter_by(…)` of a SELECT refers to. */
import type { Model } from '../../model.ts';
import { columnNamed } from '../columns.ts';
import { fromsOfFrom, fromsOfItem } from '../from-elements.ts';
import type { FromElement, SelectItem, SelectNode } from '../ir.ts';

/**
 * The one FROM element that has the attribute, as SQLAlchemy 2.1 looks for it; 'several' where more than one has it,
 * which 2.1 refuses and 2.0 answers with the one joined last. Legacy Query always takes that one.
 */
export function fromWithAttribute(select: SelectNode, name: string): FromElement | 'several' | null {
  if (select.legacy) return filteredFrom(select);
  const matches = filterCandidates(select).filter(from => hasAttribute(select, from, name));
  return matches.length > 1 ? 'several' : (matches[0] ?? filteredFrom(select));
}

/** The class whose attributes `filter_by(…)` takes; null where several are looked through. */
export function filteredModel(select: SelectNode): Model | null {
  return select.legacy || filterCandidates(select).length === 1
    ? modelRead(select, filteredFrom(select))
    : null;
}

/** The FROM elements that `filter_by(…)` of 2.1 looks through. */
export function filterCandidates(select: SelectNode): readonly FromElement[] {
  const froms = [
    ...select.froms,
    ...select.joins.flatMap(step => [step.right, ...(step.left === null ? [] : [step.left])]),
    ...select.items.flatMap(fromsOfItem),
  ];
  return [...new Set(froms.flatMap(fromsOfFrom))].filter(from => from.kind !== 'join');
}

function hasAttribute(select: SelectNode, from: FromElement, name: string): boolean {
  const model = modelRead(select, from);
  return model === null
    ? columnNamed(from, name) !== null
    : model.attributes.some(each => each.name === name);
}

/** The last one joined, else the first one selected from. */
export function filteredFrom(select: SelectNode): FromElement | null {
  return select.joins.at(-1)?.right ?? select.froms[0] ?? select.items.flatMap(fromsOfItem)[0] ?? null;
}

/** The class that the statement reads a FROM element as: several may share one table. */
export function modelRead(select: SelectNode, from: FromElement | null): Model | null {
  const classes = [
    ...select.joins.flatMap(step => (step.right === from ? (step.model ?? []) : [])),
    ...(select.fromClasses ?? []).flatMap(each => (each.from === from ? each.model : [])),
    ...select.items.flatMap(item => (item.kind === 'entity' && item.from === from ? item.model : [])),
    ...select.items.flatMap(item => ownersIn(item, from)),
  ];
  const known = modelOfFrom(from);
  const mapped = known?.kind === 'table' ? classes[0] : undefined;
  return classes.find(each => each.inherits?.style === 'single') ?? mapped ?? known;
}

function ownersIn(item: SelectItem, from: FromElement | null): readonly Model[] {
  if (item.kind !== 'element' || item.element.kind !== 'column' || item.element.from !== from) return [];
  return item.element.owner === undefined ? [] : [item.element.owner];
}

export function modelOfFrom(from: FromElement | null): Model | null {
  if (from === null) return null;
  if (from.kind === 'table') return from.model;
  if (from.kind === 'join') return from.model ?? null;
  return from.kind === 'alias' ? modelOfFrom(from.of) : null;
}
