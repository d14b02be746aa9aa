/** Pieces of text for findings about sessions and objects. */
import { sliceOf, type TextRange } from '../../../base/range.ts';
import type { Expression } from '../../../python/syntax.ts';
import type { FileContext } from '../../rule.ts';

/** The 1-based line of a place, for messages that point to it. */
export function lineOf({ file }: FileContext, { start }: TextRange): number {
  return file.text.slice(0, start).split('\n').length;
}

/** The name behind the last dot, which is what a reader looks for. */
export function nameRange(node: Expression): TextRange {
  const named = node.kind === 'call' ? node.function : node;
  const { start, end } = named.kind === 'attribute' ? named.attribute : named;
  return { start, end };
}

export function codeOf({ file }: FileContext, range: TextRange): string {
  return sliceOf(file.text, range);
}

/** Behind what is said of an attribute that a function reads which is called at the node. */
export function readBehind(node: Expression): string {
  return node.kind === 'attribute' ? '' : ': what is called here reads it';
}
