/** What a legacy query gives: objects of one class, or rows; and whether it may give an object twice. */
import type { Expression } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { FileConversion } from './file-conversion.ts';
import type { QueryChain } from './query-chain.ts';

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
  if (items.length === 0 || query.arguments.some(each => each.keyword !== null || each.unpacked))
    return unknown;
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

/** True unless the statement surely gives each object once: one table, nothing joined to it, nothing loaded by a join. */
export function mayRepeat(
  { middle }: QueryChain,
  { models, entity }: QueryShape,
  { meanings }: FileConversion,
): boolean {
  const [model] = models;
  if (!entity || !model) return true;
  const plain: ReadonlySet<string> = new Set([
    'filter',
    'where',
    'filter_by',
    'order_by',
    'limit',
    'offset',
    'with_for_update',
  ]);
  if (middle.some(call => !plain.has(call.name))) return true;
  if (
    model.attributes.some(each => each.kind === 'relationship' && each.collection && each.lazy === 'joined')
  )
    return true;
  return middle
    .flatMap(({ call }) => call.arguments.map(argument => argument.value))
    .some(argument => mayAddTable(argument, model, meanings));
}

/** True where a condition may bring another table into FROM. */
function mayAddTable(argument: Expression, model: Model, meanings: FileConversion['meanings']): boolean {
  for (const node of walk(argument)) {
    const meaning = meanings.meaningOf(node as Expression);
    if ((meaning.kind === 'entity' || meaning.kind === 'attribute') && meaning.model !== model) return true;
    if (node.kind === 'attribute' && node.attribute.id === 'c') return true;
  }
  const whole = meanings.meaningOf(argument);
  return argument.kind === 'starred' || (argument.kind === 'name' && whole.kind === 'unknown');
}
