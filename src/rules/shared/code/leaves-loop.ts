/** Whether an expression of a loop's body is evaluated once: in a `return` or `raise`, after which no pass follows. */
import type { Expression } from '../../../python/syntax.ts';
import { findNodePath } from '../../../python/walk.ts';
import type { FileContext } from '../../rule.ts';

export function leavesLoop({ start }: Expression, { file }: FileContext): boolean {
  for (const { kind } of findNodePath(file.module, start).toReversed()) {
    if (kind === 'return' || kind === 'raise') return true;
    if (kind === 'comprehension' || kind === 'for' || kind === 'while' || kind === 'function') return false;
  }
  return false;
}
