/** The names that a call gives its keywords: written as such, or as keys of a dictionary that is unpacked in place. */
import type { Call, Expression } from '../../../python/syntax.ts';

export interface WrittenKeyword {
  readonly id: string;
  /** Of the name; of a key with its quotes. */
  readonly start: number;
  readonly end: number;
  readonly value: Expression;
}

export function writtenKeywords({ arguments: given }: Call): readonly WrittenKeyword[] {
  return given.flatMap(({ keyword, value, unpacked }) => {
    if (keyword) return [{ id: keyword.id, start: keyword.start, end: keyword.end, value }];
    return unpacked ? keysOf(value) : [];
  });
}

/** Of `{"name": …}`, and of no other expression. */
export function keysOf(dictionary: Expression): readonly WrittenKeyword[] {
  if (dictionary.kind !== 'dict') return [];
  return dictionary.entries.flatMap(({ key, value }) =>
    key?.kind === 'string' && key.value !== null
      ? [{ id: key.value, start: key.start, end: key.end, value }]
      : [],
  );
}
