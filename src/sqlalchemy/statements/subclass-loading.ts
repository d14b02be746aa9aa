/** `selectin_polymorphic(…)`: what subclasses add to the columns of a class, for all rows at once. */

import type { Model } from '../model.ts';
import { mappedColumns } from './columns.ts';
import { binary, bind } from './elements.ts';
import { selectOf } from './empty-select.ts';
import { entityOf } from './entities.ts';
import type { Evaluation } from './evaluation.ts';
import { fromsOfFrom } from './from-elements.ts';
import type { ColumnElement, FromElement, LoadPath, SelectItem, SelectNode } from './ir.ts';
import { isKeyOf, keysOf } from './primary-key.ts';
import { singleTableCriterion } from './single-table.ts';
import { BOOLEAN } from './sql-type.ts';
import { mappedSubclassesOf } from './subclasses.ts';

const SUBCLASSES = 'selectin_polymorphic';

/** Those that options name, and those whose mapping says `polymorphic_load="selectin"`. */
export function subclassesLoaded(
  { linked }: Evaluation,
  model: Model,
  loads: readonly LoadPath[],
): readonly Model[] {
  if (model.polymorphic === undefined) return [];
  const named = new Set(loads.flatMap(([first]) => (first?.strategy === SUBCLASSES ? first.classes : [])));
  const below = mappedSubclassesOf(linked, model.qualifiedName);
  return below.filter(each => named.has(each.qualifiedName) || each.polymorphic?.selectin === true);
}

/** Null where a class between the two has columns as well, or where nothing is added. */
export function selectOfSubclass(evaluation: Evaluation, base: Model, subclass: Model): SelectNode | null {
  const entity = entityOf(evaluation, subclass);
  const root = evaluation.tables.of(base);
  if (entity.kind !== 'entity' || root === null || subclass.inherits?.parent !== base.qualifiedName)
    return null;
  const inherited = new Set(base.attributes.map(each => each.name));
  const own = new Set(
    subclass.attributes.flatMap(each =>
      each.kind === 'column' && !inherited.has(each.name) ? [each.name] : [],
    ),
  );
  const discriminator = base.polymorphic?.on ?? null;
  const listed = mappedColumns(entity.from, subclass).filter(
    each => own.has(each.key) || each.key === discriminator || isKey(entity.from, each),
  );
  const [key, ...others] = keysOf(root);
  if (own.size === 0 || key === undefined || others.length > 0) return null;
  const values = { ...bind('primary_keys', key.type, null), unique: false, expanding: 'open' } as const;
  const where = [binary(key, 'in', values, { type: BOOLEAN, negate: 'not-in', at: null })];
  const items = listed.map((element): SelectItem => ({ kind: 'element', element, at: null }));
  const criterion = singleTableCriterion({ model: subclass, from: entity.from });
  return {
    ...selectOf(items, null),
    froms: [entity.from],
    where: criterion === null ? where : [...where, criterion],
    tableLabels: true,
  };
}

function isKey(from: FromElement, column: ColumnElement): boolean {
  return fromsOfFrom(from).some(
    each => each === column.from && each.kind === 'table' && isKeyOf(each, column),
  );
}
