/** Coroutines that were never awaited: what is asked of one of them. */
import type { Expression } from '../../python/syntax.ts';
import { type Frame, report } from './machine.ts';
import type { FlowValue } from './values.ts';

export function reportCoroutine(
  frame: Frame,
  { method }: FlowValue & { readonly kind: 'coroutine' },
  node: Expression,
): void {
  if (method !== null) report(frame, { kind: 'await-mistake', node, way: 'attribute', method });
}
