/** The function that a node stands in; of nested ones the outermost, which holds all that the inner ones share. */
import type { FunctionDefinition } from '../../../python/syntax.ts';
import type { FileContext } from '../../rule.ts';

export function functionAround({
  ancestors,
}: Pick<FileContext, 'ancestors'>): FunctionDefinition | undefined {
  return ancestors.find(each => each.kind === 'function');
}
