/** Generators that are given SQL, such as one that cuts a list of conditions into chunks. */
import { isGenerator } from '../../python/generators.ts';
import type { FunctionDefinition } from '../../python/syntax.ts';
import { isSql } from './evaluate-operators.ts';
import type { Arguments } from './given-arguments.ts';
import type { ListValue, Located, Value } from './value.ts';

/** Whether it is worth running for what it yields. What decorates it makes something else of it. */
export function yieldsSql(node: FunctionDefinition, given: Arguments): boolean {
  const takes = [...given.positional, ...given.keywords.values()].some(each => holdsSql(each.value));
  return takes && node.decorators.length === 0 && isGenerator(node);
}

/** One list for each place that yields SQL: going through it gives that any number of times. */
export function yieldedLists(yielded: readonly Located[]): readonly ListValue[] {
  const byPlace = new Map(yielded.filter(each => holdsSql(each.value)).map(each => [each.node, each]));
  return [...byPlace.values()].map(each => ({ kind: 'list', elements: [each], repeated: true }));
}

function holdsSql(value: Value): boolean {
  return value.kind === 'list' ? value.elements.some(each => holdsSql(each.value)) : isSql(value);
}
