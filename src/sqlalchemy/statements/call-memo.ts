/**
 * What calls with SQL among their arguments gave in the combinations of one statement's alternatives that were followed
 * before. Each combination evaluates the statement anew; without this a helper that calls helpers is run a power of times.
 */
import { describedValue } from './described-value.ts';
import type { Arguments } from './given-arguments.ts';
import type { FunctionValue, Located, Value } from './value.ts';

export interface CallMemo {
  /** Null where nothing tells the call from another one. */
  keyOf(callee: FunctionValue, given: Arguments): string | null;
  get(key: string): readonly Value[] | undefined;
  set(key: string, results: readonly Value[]): void;
}

export function createCallMemo(): CallMemo {
  const numbers = new Map<Value, number>();
  const results = new Map<string, readonly Value[]>();

  /** SQL is the same where it is the same object: an alias that is made twice is two. */
  const numberOf = (value: Value): number => {
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  };

  const describe = (value: Value): string => describedValue(value) ?? `#${numberOf(value)}`;

  /** With its place: a helper that is called in two places makes two of what it makes. */
  const describeArgument = ({ value, at }: Located): string =>
    `${at.path}:${at.range.start} ${describe(value)}`;

  return {
    keyOf({ node, file, self, closure }, { positional, keywords, open }) {
      // What the function around it has bound by then is no argument. Without arguments there is no place to tell by.
      if (closure !== null || open !== null || positional.length + keywords.size === 0) return null;
      return [
        `${file.path}:${node.start}`,
        self === null ? '' : describe(self),
        ...positional.map(describeArgument),
        ...[...keywords].map(([name, each]) => `${name}=${describeArgument(each)}`),
      ].join('|');
    },
    get: key => results.get(key),
    set: (key, found) => results.set(key, found),
  };
}
