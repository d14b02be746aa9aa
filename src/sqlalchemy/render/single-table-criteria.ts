/**
 * `kind IN (…)` for classes that share the table of their parent, where SQLAlchemy adds it: beside WHERE for what a
 * statement lists, selects from or compares, beside ON for what it joins (`_adjust_for_extra_criteria`).
 */
import { childrenOf } from '../statements/from-elements.ts';
import type {
  DeleteNode,
  Element,
  FromElement,
  JoinStep,
  SelectItem,
  SelectNode,
  UpdateNode,
} from '../statements/ir.ts';
import { type ReadClass, singleTableCriterion } from '../statements/single-table.ts';

/** The same SELECT with the conditions written out; `correlated` are the FROM elements that enclosing statements have. */
export function withSingleTableCriteria(
  select: SelectNode,
  correlated: (select: SelectNode) => ReadonlySet<FromElement>,
  others: (read: ReadClass) => readonly Element[],
): SelectNode {
  const read = select.adapts === undefined ? readBeside(select, correlated) : [];
  const added = read.flatMap(each => {
    const own = singleTableCriterion(each);
    return own === null ? [] : [...others(each), own];
  });
  const joins = select.joins.map(withCriterion);
  const same = added.length === 0 && joins.every((step, index) => step === select.joins[index]);
  return same ? select : { ...select, joins, where: [...select.where, ...added] };
}

/** What is read, but not joined. */
function readBeside(
  select: SelectNode,
  correlated: (select: SelectNode) => ReadonlySet<FromElement>,
): readonly ReadClass[] {
  const joined = select.joins.flatMap(joinedClass);
  const compared = select.where.flatMap(comparedClasses);
  const outer = compared.length === 0 ? new Set() : correlated(select);
  const read = [
    ...select.items.flatMap(listedClass),
    ...(select.fromClasses ?? []),
    ...select.joins.flatMap(leftClass),
    ...compared.filter(({ from }) => !outer.has(from)),
  ];
  return distinct(read).filter(each => !joined.some(other => isSame(each, other)));
}

/** Only the class that is changed counts. */
export function withTargetCriterion<Change extends UpdateNode | DeleteNode>(change: Change): Change {
  const { model, from } = change;
  const added = model === null ? [] : criteriaOf([{ model, from }]);
  return added.length === 0 ? change : { ...change, where: [...change.where, ...added] };
}

function withCriterion(step: JoinStep): JoinStep {
  // The condition of a relationship has it already.
  const added = step.collection === null ? criteriaOf(joinedClass(step)) : [];
  return added.length === 0 ? step : { ...step, criteria: [...(step.criteria ?? []), ...added] };
}

function criteriaOf(read: readonly ReadClass[]): readonly Element[] {
  return read.flatMap(each => singleTableCriterion(each) ?? []);
}

function joinedClass({ model, right }: JoinStep): readonly ReadClass[] {
  return model == null ? [] : [{ model, from: right }];
}

function leftClass({ leftModel, left }: JoinStep): readonly ReadClass[] {
  return leftModel == null || left === null ? [] : [{ model: leftModel, from: left }];
}

/** Of an expression, the class of its first column. */
function listedClass(item: SelectItem): readonly ReadClass[] {
  if (item.kind === 'entity') return [item];
  return item.kind === 'element' ? firstClass([item.element]) : [];
}

/** Level by level; statements inside are not entered. */
function firstClass(level: readonly Element[]): readonly ReadClass[] {
  for (let elements = level; elements.length > 0; elements = elements.flatMap(childrenOf)) {
    const first = elements.find(each => each.kind === 'column');
    if (first !== undefined) return ownerOf(first);
  }
  return [];
}

/** From the last operand to the first. */
function comparedClasses(condition: Element): readonly ReadClass[] {
  return [...ownerOf(condition), ...childrenOf(condition).toReversed().flatMap(comparedClasses)];
}

function ownerOf(element: Element): readonly ReadClass[] {
  if (element.kind !== 'column' || element.owner === undefined) return [];
  const from = element.entity ?? element.from;
  return from === null ? [] : [{ model: element.owner, from }];
}

function distinct(read: readonly ReadClass[]): readonly ReadClass[] {
  return read.filter((each, index) => read.findIndex(other => isSame(each, other)) === index);
}

function isSame(one: ReadClass, two: ReadClass): boolean {
  return one.model.qualifiedName === two.model.qualifiedName && one.from === two.from;
}
