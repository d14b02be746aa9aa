/** A map that tells what it is asked for: single entries one by one, or a walk over all of them. */

export function onDemandMap<Item>(
  items: ReadonlyMap<string, Item>,
  asked: (key: string) => void,
  walked: () => ReadonlyMap<string, Item>,
): ReadonlyMap<string, Item> {
  return {
    get(key) {
      asked(key);
      return items.get(key);
    },
    has(key) {
      asked(key);
      return items.has(key);
    },
    get size() {
      return walked().size;
    },
    forEach: (visit, receiver) => walked().forEach(visit, receiver),
    entries: () => walked().entries(),
    keys: () => walked().keys(),
    values: () => walked().values(),
    [Symbol.iterator]: () => walked()[Symbol.iterator](),
  };
}
