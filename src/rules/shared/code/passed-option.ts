/** Keywords of a call that another call takes as a dict and passes on, as SQLModel does. */
import { keywordOf } from '../../../python/argument-at.ts';
import type { Call, Expression } from '../../../python/syntax.ts';

/** The value of a keyword: the call's own, or one in the dict that it is given as `through`. */
export function passedOption(call: Call, keyword: string, through: string): Expression | null {
  const direct = keywordOf(call, keyword);
  if (direct) return direct.value;
  const passed = keywordOf(call, through)?.value;
  return passed ? entryOf(passed, keyword) : null;
}

/** The value of a key of `{"lazy": "joined"}` or `dict(lazy="joined")`. */
export function entryOf(options: Expression, name: string): Expression | null {
  if (isDictCall(options)) return keywordOf(options, name)?.value ?? null;
  if (options.kind !== 'dict') return null;
  return options.entries.find(({ key }) => key?.kind === 'string' && key.value === name)?.value ?? null;
}

/** `dict(lazy="joined")`. */
export function isDictCall(expression: Expression): expression is Call {
  return (
    expression.kind === 'call' && expression.function.kind === 'name' && expression.function.id === 'dict'
  );
}
