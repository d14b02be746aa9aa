/** The value that occurs most often. */

/** Earlier values win a tie; null for no values. */
export function mostCommon<Value>(values: readonly Value[]): Value | null {
  return byFrequency(values)[0] ?? null;
}

/** Each value once, the most frequent first. */
export function byFrequency<Value>(values: readonly Value[]): readonly Value[] {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
}
