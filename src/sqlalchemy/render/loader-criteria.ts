/** `with_loader_criteria()`: the condition beside WHERE for what a SELECT lists, beside ON for what it joins. */
import { adapted, withFrom } from '../statements/adapt.ts';
import { conjunction } from '../statements/elements.ts';
import { columnsIn } from '../statements/from-elements.ts';
import type {
  Element,
  FromElement,
  JoinStep,
  LoaderCriterion,
  SelectItem,
  SelectNode,
  StatementNode,
} from '../statements/ir.ts';
import type { ReadClass } from '../statements/single-table.ts';

/** A class that is read, by what stands for it; null where that stands for one class alone. */
type Read = Pick<ReadClass, 'from'> & { readonly model: ReadClass['model'] | null };

/**
 * The same SELECT with the conditions written out; `eager` are aliases made for loading, which always take part. Those on
 * classes that share the table of their parent are written with what tells their rows apart.
 */
export function withCriteria(
  select: SelectNode,
  criteria: readonly LoaderCriterion[],
  eager: ReadonlySet<FromElement>,
): SelectNode {
  if (criteria.length === 0) return select;
  const joined = new Set(select.joins.map(step => step.right));
  const read = classesListed(select).filter(
    ({ model, from }) => model?.inherits?.style !== 'single' && !joined.has(from),
  );
  // A class and its columns are read from one place: a condition counts there once.
  const where = [...new Set(read.map(each => each.from))].flatMap(from => {
    const here = read.filter(each => each.from === from);
    return criteria
      .filter(each => here.some(one => applies(each, one, eager)))
      .map(each => conditionOver(each, from));
  });
  return {
    ...select,
    joins: select.joins.map(step => ({
      ...step,
      criteria: [
        ...classJoined(step).flatMap(read => conditionsOn(read, criteria, eager)),
        ...(step.criteria ?? []),
      ],
    })),
    where: where.length === 0 ? select.where : [...select.where, conjunction('and', where, null)],
  };
}

function classJoined({ model, right }: JoinStep): readonly Read[] {
  return model == null ? readFrom(right) : [{ model, from: right }];
}

/** Each once. */
function classesListed({ items, froms, fromClasses = [] }: SelectNode): readonly Read[] {
  const named = new Set(fromClasses.map(each => each.from));
  const read = [
    ...fromClasses,
    ...froms.filter(from => !named.has(from)).flatMap(readFrom),
    ...items.flatMap(classesIn),
  ];
  return read.filter(
    ({ model, from }, index) => read.findIndex(each => each.model === model && each.from === from) === index,
  );
}

function classesIn(item: SelectItem): readonly Read[] {
  if (item.kind === 'entity') return [item];
  if (item.kind === 'from') return readFrom(item.from);
  return columnsIn(item.element).flatMap(({ owner, entity, from }) =>
    owner === undefined ? readFrom(entity ?? from) : [],
  );
}

/** What stands for one class, whichever that is: what shares its table with others says which. */
function readFrom(from: FromElement | null): readonly Read[] {
  if (from?.kind === 'join' && from.model === undefined) return [from.left, from.right].flatMap(readFrom);
  return from === null ? [] : [{ model: null, from }];
}

/** A condition counts for its own class alone, or with aliases for whatever stands for it or for a subclass. */
export function conditionsOn(
  read: Read,
  criteria: readonly LoaderCriterion[],
  eager: ReadonlySet<FromElement>,
): readonly Element[] {
  return criteria.filter(each => applies(each, read, eager)).map(each => conditionOver(each, read.from));
}

function conditionOver(criterion: LoaderCriterion, from: FromElement): Element {
  return ofCriterion(withFrom(criterion.condition, criterion.from, from), criterion);
}

function applies(
  criterion: LoaderCriterion,
  { model, from }: Read,
  eager: ReadonlySet<FromElement>,
): boolean {
  const { qualifiedName } = criterion.model;
  const isShared = criterion.model.inherits?.style === 'single';
  const isClass = model === null ? !isShared : model.qualifiedName === qualifiedName;
  const isBelow = model?.bases.includes(qualifiedName) ?? false;
  const takesPart = criterion.aliases || eager.has(from);
  if (from === criterion.from) return isClass || (takesPart && isBelow);
  return from.kind === 'alias' && from.of === criterion.from && takesPart && (isClass || isBelow);
}

/** With the statements inside marked, for which the condition itself does not count. */
function ofCriterion(condition: Element, criterion: LoaderCriterion): Element {
  const marked = (statement: StatementNode): StatementNode => {
    if (statement.kind === 'compound') return { ...statement, selects: statement.selects.map(marked) };
    return statement.kind === 'select' ? { ...statement, ofCriterion: criterion } : statement;
  };
  return adapted(condition, { column: each => each, statement: marked });
}
