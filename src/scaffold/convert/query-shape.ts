/** What a legacy query gives: objects of one class, or rows; and whether it may give an object twice. */
import { lastName } from '../../python/last-name.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { FileConversion } from './file-conversion.ts';
import type { ChainCall, QueryChain } from './query-chain.ts';

export interface QueryShape {
  /** One mapped class, whose objects come back; else rows. */
  readonly entity: boolean;
  readonly models: readonly Model[];
  /** True where objects come back in any place, which Query does not repeat. */
  readonly objects: boolean;
}

/** What comes back; a sentence where that is not known. */
export function shapeOf({ items, query }: QueryChain, { meanings }: FileConversion): QueryShape | string {
  const unknown = 'what it selects is not known.';
  if (!isWrittenOut(query)) return unknown;
  const found = items.map(item => meanings.meaningOf(item));
  const models: Model[] = [];
  for (const [index, meaning] of found.entries()) {
    if (meaning.kind === 'entity') models.push(meaning.model);
    else if (meaning.kind === 'attribute') {
      if (!['column', 'hybrid', 'column-property'].includes(meaning.attribute.kind))
        return 'it selects an attribute that is no column.';
      models.push(meaning.model);
    } else if (meaning.kind === 'sql' && !holdsQuery(items[index], meanings))
      models.push(...modelsIn(items[index], meanings));
    else return unknown;
  }
  // Without anything mapped in it, a statement would not flush first, as a query does.
  if (models.length === 0)
    return 'nothing mapped stands in what it selects, so that a statement would not flush first.';
  const objects = found.some(meaning => meaning.kind === 'entity');
  return { entity: found.length === 1 && objects, models, objects };
}

/** True where each thing that a query selects is an argument of its own. */
export function isWrittenOut(query: QueryChain['query']): boolean {
  const given = query.kind === 'call' ? query.arguments : [];
  return given.length > 0 && given.every(each => each.keyword === null && !each.unpacked);
}

/** A statement inside does not make the one around it flush. */
function holdsQuery(expression: Expression | undefined, meanings: FileConversion['meanings']): boolean {
  return (
    expression !== undefined &&
    [...walk(expression)].some(node => meanings.meaningOf(node as Expression).kind === 'statement')
  );
}

function modelsIn(
  expression: Expression | undefined,
  meanings: FileConversion['meanings'],
): readonly Model[] {
  const models: Model[] = [];
  if (!expression) return models;
  for (const node of walk(expression)) {
    const meaning = meanings.meaningOf(node as Expression);
    if (meaning.kind === 'entity' || meaning.kind === 'attribute') models.push(meaning.model);
  }
  return models;
}

/** Methods that add no table, and options that add no join. */
const plain: ReadonlySet<string> = new Set(
  'filter where filter_by order_by limit offset with_for_update'.split(' '),
);
const plainOptions: ReadonlySet<string> = new Set(
  'selectinload subqueryload immediateload lazyload noload raiseload load_only defer undefer'.split(' '),
);

/** What a query is built with: calls in one expression after another, the first of which stand where it begins. */
export type QueryCalls = readonly (readonly ChainCall[])[];

/** True unless the statement surely gives each object once: nothing that is joined to its table, or loaded so, repeats a row. */
export function mayRepeat(
  calls: QueryCalls,
  end: string | null,
  shape: QueryShape,
  conversion: FileConversion,
): boolean {
  const [model] = shape.models;
  if (!shape.entity || !model) return true;
  if (mayLoadByJoin(calls.flat(), model)) return true;
  // One row repeats nothing.
  if (end === 'first') return false;
  const [first = [], ...later] = calls;
  const certain: Model[] = [model];
  // What a branch joins is joined for what stands in the same expression.
  return (
    joinsMany(first, certain, conversion) || later.some(each => joinsMany(each, [...certain], conversion))
  );
}

/** Adds to the classes that are joined. */
function joinsMany(calls: readonly ChainCall[], joined: Model[], conversion: FileConversion): boolean {
  for (const { name, call } of calls) {
    if (name === 'options' || name === 'limit' || name === 'offset') continue;
    const given = call.arguments.map(argument => argument.value);
    if (name === 'join' || name === 'outerjoin') {
      const target = given.length === 1 ? joinedToOne(given[0], joined, conversion) : null;
      if (target === null) return true;
      joined.push(target);
    } else if (!plain.has(name) || given.some(each => mayAddTable(each, joined, conversion))) return true;
  }
  return false;
}

/** True where a collection of the model may be loaded by a join, by itself or by an option. */
function mayLoadByJoin(calls: readonly ChainCall[], model: Model): boolean {
  const isJoined = model.attributes.some(
    each => each.kind === 'relationship' && each.collection && each.lazy === 'joined',
  );
  return isJoined || calls.some(({ name, call }) => name === 'options' && !isPlainOptions(call));
}

/** Calls of loader options alone that load nothing by a join: `selectinload(User.posts).load_only(Post.id)`. */
function isPlainOptions(call: Call): boolean {
  return call.arguments.every(({ value }) => {
    let option: Expression = value;
    while (option.kind === 'call') {
      const { function: called } = option;
      if (!plainOptions.has(lastName(called) ?? '')) return false;
      if (called.kind !== 'attribute' || called.value.kind !== 'call') return true;
      option = called.value;
    }
    return false;
  });
}

/** The class that a join leads to where each row has one of it at most; null where that is not known. */
function joinedToOne(
  given: Expression | undefined,
  joined: readonly Model[],
  { meanings, project }: FileConversion,
): Model | null {
  const meaning = given ? meanings.meaningOf(given) : null;
  if (meaning?.kind === 'entity') {
    const target = meaning.model;
    const [owner] = joined;
    const isUsed = given?.kind === 'name' || given?.kind === 'attribute';
    if (!isUsed || joined.length > 1 || !owner?.table || !target.table) return null;
    const leads = (from: Model, to: Model): boolean =>
      from.table?.foreignKeys.some(key => key.targetTable === to.table?.name) ?? false;
    return owner !== target && leads(owner, target) && !leads(target, owner) ? target : null;
  }
  if (meaning?.kind !== 'attribute' || meaning.attribute.kind !== 'relationship') return null;
  if (meaning.attribute.direction !== 'many-to-one' || !joined.includes(meaning.model)) return null;
  return meaning.attribute.target === null ? null : (project.models.get(meaning.attribute.target) ?? null);
}

/** True where a condition may bring another table into FROM. */
function mayAddTable(argument: Expression, joined: readonly Model[], conversion: FileConversion): boolean {
  const { meanings } = conversion;
  const exempt = new Set<unknown>();
  for (const node of walk(argument)) {
    if (exempt.has(node)) continue;
    if (node.kind === 'call' && isExistence(node, meanings)) {
      // What stands in an EXISTS of its own.
      for (const given of node.arguments) for (const inner of walk(given.value)) exempt.add(inner);
      continue;
    }
    const meaning = meanings.meaningOf(node as Expression);
    const isOther =
      (meaning.kind === 'entity' || meaning.kind === 'attribute') && !joined.includes(meaning.model);
    if (isOther) return true;
    if (node.kind === 'attribute' && node.attribute.id === 'c') return true;
  }
  const whole = meanings.meaningOf(argument);
  return argument.kind === 'starred' || (argument.kind === 'name' && whole.kind === 'unknown');
}

/** `Post.author.has(…)`, `User.posts.any(…)`. */
function isExistence({ function: called }: Call, meanings: FileConversion['meanings']): boolean {
  if (called.kind !== 'attribute' || !['has', 'any'].includes(called.attribute.id)) return false;
  const owner = meanings.meaningOf(called.value);
  return owner.kind === 'attribute' && owner.attribute.kind === 'relationship';
}
