/** Sharing between versions of plain data: what says the same as before stays the same object, so that caches by identity hold. */

/** `before` where both have equal content, else `now`. For trees of plain objects, arrays and primitives. */
export function keepEqual<Data>(before: Data | undefined, now: Data): Data {
  return before !== undefined && isEqual(before, now) ? before : now;
}

function isEqual(one: unknown, two: unknown): boolean {
  if (Object.is(one, two)) return true;
  if (typeof one !== 'object' || typeof two !== 'object' || one === null || two === null) return false;
  if (Array.isArray(one) || Array.isArray(two))
    return Array.isArray(one) && Array.isArray(two) && sameItems(one, two);
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(two).length &&
    keys.every(key => Object.hasOwn(two, key) && isEqual(at(one, key), at(two, key)))
  );
}

function sameItems(one: readonly unknown[], two: readonly unknown[]): boolean {
  return one.length === two.length && one.every((item, index) => isEqual(item, two[index]));
}

function at(data: object, key: string): unknown {
  return (data as Readonly<Record<string, unknown>>)[key];
}

/** The list before, where the new one has the very same elements. */
export function keepSameItems<Item>(
  before: readonly Item[] | undefined,
  now: readonly Item[],
): readonly Item[] {
  return before?.length === now.length && now.every((item, index) => item === before[index]) ? before : now;
}

/** The map before, where the new one has the very same values under the same keys in the same order. */
export function keepSameEntries<Key, Value>(
  before: ReadonlyMap<Key, Value> | undefined,
  now: ReadonlyMap<Key, Value>,
): ReadonlyMap<Key, Value> {
  if (before?.size !== now.size) return now;
  const old = before.entries();
  for (const [key, value] of now) {
    const [oldKey, oldValue] = old.next().value as [Key, Value];
    if (oldKey !== key || oldValue !== value) return now;
  }
  return before;
}
