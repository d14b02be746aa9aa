/** The joins of a SELECT for its outline: what they multiply, what undoes them, and which one cannot be decided. */
import { stepsOfSelect } from '../render/select-froms.ts';
import type { KeyPair, OutlineJoin, UndecidedJoin } from '../statement-outline.ts';
import { foreignKeyPairs } from './foreign-keys.ts';
import { childrenOf, fromsOfFrom, tableBehind } from './from-elements.ts';
import type { ColumnElement, Element, FromElement, JoinStep, SelectNode, TableFrom } from './ir.ts';
import { modelOfFrom } from './methods/filtered-from.ts';

export function outlineJoins(select: SelectNode): readonly OutlineJoin[] {
  const starts = stepsOfSelect(select);
  return select.joins.map((step, index) => ({
    name: nameOf(step.right),
    style: step.style,
    target: step.target,
    toMany: step.collection ?? repeats(starts[index]?.start ?? null, step),
    undoneBy: step.style === 'inner' ? [] : undoing(select, step),
  }));
}

/** A foreign key of the right side that points to the left, is part of the join, and may hold a value many times. */
function repeats(start: FromElement | null, { right, on }: JoinStep): boolean {
  if (start === null) return false;
  return foreignKeyPairs(start, right).some(pairs => {
    const own = pairs.flatMap(([, key]) => (key.from === right ? [key] : []));
    const used = on === null || own.some(key => mentions(on, key));
    return own.length > 0 && used && !isUnique(own, right);
  });
}

function mentions(element: Element, { from, name }: ColumnElement): boolean {
  if (element.kind === 'column') return element.from === from && element.name === name;
  return childrenOf(element).some(child => mentions(child, { from, name } as ColumnElement));
}

function isUnique(columns: readonly ColumnElement[], from: FromElement): boolean {
  const names = columns.map(each => String(each.name));
  const table = modelOfFrom(from)?.table;
  const keys = table ? [...table.uniques, ...(table.primaryKey ? [table.primaryKey] : [])] : [];
  const indexes = table?.indexes.filter(each => each.unique && each.where === null) ?? [];
  const sets = [...keys.map(key => key.columns), ...indexes.map(index => index.elements)];
  return sets.some(set => set.every(name => names.includes(name)));
}

/** Where each branch of WHERE asks the joined side for a value, no row of NULLs gets through. */
function undoing(select: SelectNode, { right }: JoinStep): OutlineJoin['undoneBy'] {
  return select.where.flatMap(condition =>
    rejectsNulls(condition, right) && condition.at !== null ? [condition.at] : [],
  );
}

const strict: ReadonlySet<unknown> = new Set(
  'eq ne lt le gt ge like not-like ilike not-ilike in between contains startswith endswith icontains'.split(
    ' ',
  ),
);

function rejectsNulls(condition: Element, from: FromElement): boolean {
  switch (condition.kind) {
    case 'group':
      return rejectsNulls(condition.element, from);
    case 'as-boolean':
      return passesNull(condition.element, from);
    case 'column':
      return condition.from === from;
    case 'list':
      if (condition.operator === 'or') return condition.elements.every(each => rejectsNulls(each, from));
      return condition.operator === 'and' && condition.elements.some(each => rejectsNulls(each, from));
    case 'binary':
      if (condition.operator === 'or')
        return rejectsNulls(condition.left, from) && rejectsNulls(condition.right, from);
      if (condition.operator === 'and')
        return rejectsNulls(condition.left, from) || rejectsNulls(condition.right, from);
      if (condition.operator === 'is' && isTruth(condition.right)) return passesNull(condition.left, from);
      return (
        strict.has(condition.operator) &&
        (passesNull(condition.left, from) || passesNull(condition.right, from))
      );
    default:
      return false;
  }
}

/** NULL is neither true nor false. */
function isTruth(element: Element): boolean {
  return element.kind === 'constant' && /^(?:true|false)$/.test(element.value) && !element.assumed;
}

/** NULL where the column is NULL: the column itself, and functions that PostgreSQL marks strict. */
function passesNull(element: Element, from: FromElement): boolean {
  switch (element.kind) {
    case 'column':
      return element.from === from;
    case 'cast':
    case 'group':
    case 'type-coerce':
    case 'extract':
      return passesNull(element.element, from);
    case 'function':
      return (
        /^(lower|upper|trim|length|abs|date|date_trunc)$/i.test(element.name) &&
        element.arguments.some(each => passesNull(each, from))
      );
    default:
      return false;
  }
}

/** The first join that SQLAlchemy has to refuse; null where all go well, or where too little is known. */
export function undecidedJoin(select: SelectNode): UndecidedJoin | null {
  if (select.unknown !== null) return null;
  for (const { step, candidates } of stepsOfSelect(select)) {
    if (step.on !== null || step.secondary !== null) continue;
    const left = step.left ?? onlyJoinable(candidates, step.right);
    const found = left && left !== step.right ? undecided(left, step) : null;
    if (found !== null) return found;
  }
  return null;
}

/** `find_left_clause_to_join_from`: what any foreign key leads to the other side from, be it several. */
function onlyJoinable(candidates: readonly FromElement[], right: FromElement): FromElement | null {
  const others = candidates.filter(each => each !== right);
  if (others.length === 1) return others[0] ?? null;
  const connected = others.filter(each => foreignKeyPairs(each, right).length > 0);
  return connected.length === 1 ? (connected[0] ?? null) : null;
}

function undecided(left: FromElement, { right, target }: JoinStep): UndecidedJoin | null {
  const sides = fromsOfFrom(left).filter(each => each.kind !== 'join');
  const known = [...sides, right].every(each => hasKnownKeys(tableBehind(each)));
  const keys = foreignKeyPairs(left, right);
  const nearest = left.kind === 'join' ? foreignKeyPairs(left.right, right) : keys;
  const name = nameOf(right);
  if (!known || name === null || keys.length === 1 || nearest.length === 1) return null;
  const first = keys[0]?.[0];
  const partner = first && sides.find(side => first.some(column => column.from === side));
  const leftName = nameOf(partner ?? sides[0] ?? left);
  if (leftName === null || nameOf(partner ?? left) === name) return null;
  return {
    target,
    left: leftName,
    right: name,
    choices: keys.map(pairs => pairs.map(pair => keyPair(pair, right))),
  };
}

/** Where `__table_args__` could not be read, neither the schema is known nor the keys. */
function hasKnownKeys(table: TableFrom | null): boolean {
  return table?.complete === true && table.model?.table?.unread?.includes('foreign-keys') !== true;
}

function keyPair([one, two]: readonly [ColumnElement, ColumnElement], right: FromElement): KeyPair {
  return one.from === right ? { left: two.key, right: one.key } : { left: one.key, right: two.key };
}

function nameOf(from: FromElement): string | null {
  return modelOfFrom(from)?.name ?? null;
}
