/** What is loaded together with the rows of a relationship: joins of the mapping and of options, chosen columns. */
import type { SeparateLoad } from '../statement.ts';
import { eagerJoin, mappedEagerJoins, withOption } from './eager-joins.ts';
import type { Evaluation } from './evaluation.ts';
import type { EagerJoin, LoadPath, LoadStep, SelectItem, SelectNode } from './ir.ts';
import { isBefore21, type SelectIn } from './select-in.ts';
import { entityItem } from './select-items.ts';
import { EMPTY_LOADER, type EntityValue, type LoaderValue } from './value.ts';

/** The whole statement; null where a mapping or an option is not understood. */
export function withLoading(
  evaluation: Evaluation,
  { select, target, keys }: SelectIn,
  {
    option,
    below,
    strategy,
  }: Pick<SeparateLoad, 'strategy'> & {
    readonly option: LoadStep | null;
    readonly below: readonly LoadPath[];
  },
): SelectNode | null {
  const item = entityItem(evaluation, target, null);
  let eager = mappedEagerJoins(evaluation, [item]);
  for (const load of longest(below)) eager = eager && withJoined(evaluation, eager, target, load);
  if (eager === null) return null;
  const keyItems = keys.map((element): SelectItem => ({ kind: 'element', element, at: null }));
  const loading = (option?.loading ?? []).map(each => ({ ...each, from: target.from }));
  // From 2.1 on, columns of one name are not told apart where keys are looked up.
  const tableLabels = strategy === 'subquery' || (strategy === 'selectin' && isBefore21(evaluation));
  return {
    ...select,
    items: strategy === 'subquery' ? [item, ...keyItems] : [...keyItems, item],
    eager,
    loading,
    tableLabels,
    unlabelled: strategy === 'selectin' && !tableLabels,
    listsOnce: strategy === 'selectin',
  };
}

/** The joins of an option that goes on from the class: `selectinload(A.b).joinedload(B.c)`. */
function withJoined(
  evaluation: Evaluation,
  joins: readonly EagerJoin[],
  target: EntityValue,
  load: LoadPath,
): readonly EagerJoin[] | null {
  const path: EagerJoin[] = [];
  let replaced: LoaderValue['replaced'] = null;
  let entity: EntityValue = target;
  for (const step of load) {
    if (step.relationship === null || step.classes !== undefined) break;
    const value = evaluation.attribute(evaluation, entity, step.relationship, { start: 0, end: 0 });
    if (value.kind !== 'relationship' || value.target === null) return null;
    if (step.strategy !== 'joinedload' && step.strategy !== 'defaultload') {
      replaced = { parent: entity.from, relationship: step.relationship };
      break;
    }
    const join = eagerJoin(
      evaluation,
      value,
      entity.from,
      value.attribute.innerJoin ?? null,
      step.at ?? null,
    );
    if (join === null) return null;
    path.push(step.strategy === 'defaultload' ? { ...join, continues: true } : join);
    entity = { ...value.target, from: join.target };
  }
  const made = withOption(evaluation, joins, { ...EMPTY_LOADER, path, replaced, loads: [load] });
  return made?.joins ?? null;
}

/** Without those that others go on from. */
function longest(paths: readonly LoadPath[]): readonly LoadPath[] {
  const names = paths.map(path => path.map(step => step.relationship ?? '*').join('.'));
  return paths.filter((_, index) => {
    const own = names[index] ?? '';
    return names.every(
      (other, at) => at === index || (other === own ? at < index : !other.startsWith(`${own}.`)),
    );
  });
}
