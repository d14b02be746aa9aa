/** The node of a file that takes up exactly a range. */
import { isSameRange, type TextRange } from '../../../base/range.ts';
import type { Call, SyntaxNode } from '../../../python/syntax.ts';
import { findNodePath } from '../../../python/walk.ts';
import type { FileContext } from '../../rule.ts';

export function nodeAt(range: TextRange, { file }: FileContext): SyntaxNode | undefined {
  return findNodePath(file.module, range.start).find(each => isSameRange(each, range));
}

export function callAt(range: TextRange, { file }: FileContext): Call | undefined {
  return findNodePath(file.module, range.start).find(
    (each): each is Call => each.kind === 'call' && isSameRange(each, range),
  );
}
