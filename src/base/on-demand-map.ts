/** A map whose single entries are asked for one by one; a walk over all of them asks for all. None of them is undefined. */
export function onDemandMap<Item>(
  get: (key: string) => Item | undefined,
  all: () => ReadonlyMap<string, Item>,
): ReadonlyMap<string, Item> {
  return {
    get,
    has: key => get(key) !== undefined,
    get size() {
      return all().size;
    },
    forEach: (visit, receiver) => all().forEach(visit, receiver),
    entries: () => all().entries(),
    keys: () => all().keys(),
    values: () => all().values(),
    [Symbol.iterator]: () => all()[Symbol.iterator](),
  };
}
