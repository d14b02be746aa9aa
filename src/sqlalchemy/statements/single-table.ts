/** Classes that share one table: the columns of each, and the condition that tells its rows apart. */
import type { LinkedProject } from '../linked-project.ts';
import type { ColumnAttribute, Model, PolymorphicMapping } from '../model.ts';
import { columnNamed, columnOf } from './columns.ts';
import { binary, bind, conjunction } from './elements.ts';
import type { Element, FromElement, SharedTable, TableFrom } from './ir.ts';
import { BOOLEAN } from './sql-type.ts';
import { mappedSubclassesOf } from './subclasses.ts';

/** A class that a statement reads, by the FROM element that stands for it there. */
export interface ReadClass {
  readonly model: Model;
  readonly from: FromElement;
}

/** What subclasses add to the table of a class; null where none shares it. */
export function sharedBy(model: Model, linked: LinkedProject): SharedTable | null {
  if (model.inherits?.style === 'single' || !mayBeShared(model)) return null;
  const below = mappedSubclassesOf(linked, model.qualifiedName);
  const sharing = below.filter(each => each.inherits?.style === 'single' && each.table === model.table);
  if (sharing.length === 0) return null;
  const known = new Set(model.attributes.flatMap(each => (each.kind === 'column' ? [each.column] : [])));
  const columns: ColumnAttribute[] = [];
  for (const attribute of sharing.flatMap(each => each.attributes)) {
    if (attribute.kind !== 'column' || known.has(attribute.column)) continue;
    known.add(attribute.column);
    columns.push(attribute);
  }
  return {
    columns,
    loaded: new Map([model, ...sharing].map(each => [each.qualifiedName, loadedColumns(each, linked)])),
    discriminators: new Map(
      sharing.map(each => [
        each.qualifiedName,
        { on: each.polymorphic?.on ?? null, identities: identities(each, below) },
      ]),
    ),
  };
}

function loadedColumns(model: Model, linked: LinkedProject): readonly string[] {
  const others = (model.polymorphic?.loadedWith ?? []).flatMap(name => linked.models.get(name) ?? []);
  const attributes = [model, ...others].flatMap(each => each.attributes);
  return [...new Set(attributes.flatMap(each => (each.kind === 'column' ? [each.column] : [])))];
}

/** Asked first, since who asks for subclasses depends on them. */
function mayBeShared({ polymorphic, table, attributes }: Model): boolean {
  if (polymorphic !== undefined) return true;
  return table !== null && table.columns.length > attributes.filter(each => each.kind === 'column').length;
}

/** How many identities the class and its descendants have; those without one have one in common, NULL. */
function identities(model: Model, below: readonly Model[]): number {
  const own = below.filter(each => each === model || each.bases.includes(model.qualifiedName));
  const mappings = own.flatMap(({ polymorphic }) => polymorphic ?? []);
  const counted = mappings.filter(each => !each.abstract);
  const named = counted.filter((each: PolymorphicMapping) => each.identity !== null);
  return named.length + (named.length < counted.length ? 1 : 0);
}

/**
 * `kind IN (…)` for a class that shares the table of its parent (`Mapper._single_table_criterion`), with parameters of
 * its own; null for any other class, and where no discriminator is mapped.
 */
export function singleTableCriterion({ model, from }: ReadClass): Element | null {
  if (model.inherits?.style !== 'single' || model.polymorphic === undefined) return null;
  const discriminator = tableOf(from, model.qualifiedName)?.shared?.discriminators.get(model.qualifiedName);
  const on = discriminator?.on ?? null;
  const column = on === null ? null : (columnOf(from, on) ?? columnNamed(from, on));
  if (column === null || discriminator === undefined) {
    const detail = `What tells the rows of ${model.name} from those of its parent is not understood.`;
    return {
      kind: 'unknown',
      unknown: { reason: 'unsupported-construct', detail, location: null },
      at: null,
    };
  }
  const values = { ...bind(String(column.name), column.type, null), expanding: discriminator.identities };
  return binary(column, 'in', values, { type: BOOLEAN, negate: 'not-in', at: null });
}

/** The condition of a relationship, with the one that tells the rows of its target apart. */
export function ofTarget(on: Element, target: ReadClass): Element {
  const criterion = singleTableCriterion(target);
  return criterion === null ? on : conjunction('and', [on, criterion], null);
}

/** The shared table behind a FROM element. */
function tableOf(from: FromElement, model: string): TableFrom | null {
  switch (from.kind) {
    case 'table':
      return from.shared?.discriminators.has(model) ? from : null;
    case 'alias':
      return tableOf(from.of, model);
    case 'join':
      return tableOf(from.right, model) ?? tableOf(from.left, model);
    default:
      return null;
  }
}
