/** A map whose single entries are asked for one by one; a walk over all of them asks for all. None of them is undefined. */
export function onDemandMap<Item>(
  get: (key: string) => Item | undefined,
  all: () => ReadonlyMap<string, Item>,
): ReadonlyMap<string, Item> {
  return new OnDemandMap(get, all);
}

/** Several are made of every file, and kept: as literals they would take the memory of their functions each. */
class OnDemandMap<Item> implements ReadonlyMap<string, Item> {
  readonly #get: (key: string) => Item | undefined;
  readonly #all: () => ReadonlyMap<string, Item>;

  constructor(get: (key: string) => Item | undefined, all: () => ReadonlyMap<string, Item>) {
    this.#get = get;
    this.#all = all;
  }

  get(key: string): Item | undefined {
    return this.#get(key);
  }

  has(key: string): boolean {
    return this.#get(key) !== undefined;
  }

  get size(): number {
    return this.#all().size;
  }

  forEach(visit: Parameters<ReadonlyMap<string, Item>['forEach']>[0], receiver?: unknown): void {
    this.#all().forEach(visit, receiver);
  }

  entries(): MapIterator<[string, Item]> {
    return this.#all().entries();
  }

  keys(): MapIterator<string> {
    return this.#all().keys();
  }

  values(): MapIterator<Item> {
    return this.#all().values();
  }

  [Symbol.iterator](): MapIterator<[string, Item]> {
    return this.#all()[Symbol.iterator]();
  }
}
