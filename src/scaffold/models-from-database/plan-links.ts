/** How classes are related, after the foreign keys of their tables. */
import type { ForeignKey, Table } from '../../schema/schema.ts';
import { relationshipNames } from '../model/relationship-names.ts';
import { pluralOf, singularOf, snakeOf } from '../names.ts';
import type { ModelFact } from '../project-facts.ts';
import { tableLabel, targetLabel } from './choose-tables.ts';
import type { KeyOwner, Link, PlannedTable } from './database-plan.ts';
import type { NameGiver } from './name-parts.ts';

/** A class that relationships lead from and to, with the names that its attributes have. */
export interface LinkedClass extends KeyOwner {
  readonly names: NameGiver;
  readonly links: Link[];
  /** Set for a model that the project has already. */
  readonly existing: ModelFact | null;
}

export type ClassesByTable = ReadonlyMap<string, LinkedClass>;

/** Two foreign keys that are the primary key together, and nothing else: no class of its own is needed. */
export function isAssociation(table: Table, tables: readonly Table[]): boolean {
  const [first, second] = table.foreignKeys;
  if (!first || !second || table.foreignKeys.length > 2) return false;
  const columns = [...first.columns, ...second.columns];
  const isKey = table.primaryKey?.columns.toSorted().join() === columns.toSorted().join();
  const isAll = table.columns.length === columns.length;
  const label = tableLabel(table);
  return isKey && isAll && !tables.some(each => each.foreignKeys.some(key => targetLabel(key) === label));
}

/** Both sides of each foreign key of a class. */
export function linkForeignKeys(owner: LinkedClass, classes: ClassesByTable): void {
  const used = new Map<string, string[]>();
  for (const key of owner.table.foreignKeys) {
    const target = classes.get(targetLabel(key));
    if (!target) continue;
    const ambiguous = keysBetween(owner, target) > 1;
    const single = isUnique(owner.table, key.columns);
    const column = attributeStem(key, owner);
    const sides = relationshipNames({
      column,
      model: owner.name,
      target: target === owner ? null : target.name,
      single,
      alone: !ambiguous,
      taken: [],
    });
    const name = owner.names.give(sides.own, `${sides.own}_${snakeOf(target.name)}`);
    const other = target.names.give(sides.other, `${name}_${sides.other}`);
    const overlaps = [...new Set(key.columns.flatMap(each => used.get(each) ?? []))];
    for (const each of key.columns) used.set(each, [...(used.get(each) ?? []), name, other]);
    const optional = owner.table.columns.some(each => key.columns.includes(each.name) && each.nullable);
    const both = { key, owner, ambiguous, overlaps };
    owner.links.push({
      ...both,
      name,
      target: target.name,
      shape: optional ? 'optional' : 'one',
      backPopulates: other,
      side: 'owner',
    });
    target.links.push({
      ...both,
      name: other,
      target: owner.name,
      shape: single ? 'optional' : 'many',
      backPopulates: name,
      side: 'target',
    });
  }
}

/** What the relationship is named after: the one column, or the one that only this foreign key has. */
function attributeStem(key: ForeignKey, { table, attributes }: LinkedClass): string {
  const shared = table.foreignKeys.filter(each => each !== key).flatMap(each => each.columns);
  const own = key.columns.filter(column => !shared.includes(column));
  const [column, ...more] = own.length > 0 ? own : key.columns;
  const attribute = attributes.get(column ?? '') ?? '';
  return more.length > 0 ? '' : attribute.replace(/_(?:fk|uuid|pk)$/, '_id');
}

function keysBetween(owner: LinkedClass, target: LinkedClass): number {
  const count = (from: Table, to: Table): number =>
    from.foreignKeys.filter(key => targetLabel(key) === tableLabel(to)).length;
  return count(owner.table, target.table) + (owner === target ? 0 : count(target.table, owner.table));
}

/** True where no two rows can have the same values in the columns. */
function isUnique({ primaryKey, uniques, indexes }: Table, columns: readonly string[]): boolean {
  const within = (key: readonly string[]): boolean =>
    key.length > 0 && key.every(each => columns.includes(each));
  return (
    within(primaryKey?.columns ?? []) ||
    uniques.some(key => within(key.columns)) ||
    indexes.some(index => index.unique && index.where === null && within(index.elements))
  );
}

/** Many to many through a table that no class stands for. */
export function linkAssociation({ table }: PlannedTable, classes: ClassesByTable): void {
  const [first, second] = table.foreignKeys;
  const [left, right] = [
    first && classes.get(targetLabel(first)),
    second && classes.get(targetLabel(second)),
  ];
  if (!first || !second || !left || !right) return;
  const reflexive = left === right;
  const nameOf = (from: LinkedClass, to: LinkedClass, key: ForeignKey): string => {
    const plural = pluralOf(snakeOf(to.name));
    const stem = (key.columns[0] ?? '').replace(/_id$/, '');
    const said = `${stem}_${plural}`;
    const through = `${singularOf(table.name)}_${plural}`;
    return from.names.give(...(reflexive ? [said] : [plural, said]), through);
  };
  const ownName = nameOf(left, right, second);
  const otherName = nameOf(right, left, first);
  const side = (
    from: LinkedClass,
    to: LinkedClass,
    names: readonly [string, string],
    keys: readonly [ForeignKey, ForeignKey],
  ): void => {
    from.links.push({
      name: names[0],
      target: to.name,
      shape: 'many',
      backPopulates: names[1],
      side: 'secondary',
      key: keys[0],
      owner: from,
      ambiguous: reflexive,
      overlaps: [],
      through: { table, other: keys[1], reflexive },
    });
  };
  side(left, right, [ownName, otherName], [first, second]);
  side(right, left, [otherName, ownName], [second, first]);
}
