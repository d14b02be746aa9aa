/** A map whose copies cost nothing until one of them is written to: ways fork often, and change little. */
export class SharedMap<Key, Item> implements Iterable<[Key, Item]> {
  #items: Map<Key, Item>;
  #shared: boolean;

  constructor(items: Map<Key, Item> = new Map(), shared = false) {
    this.#items = items;
    this.#shared = shared;
  }

  fork(): SharedMap<Key, Item> {
    this.#shared = true;
    return new SharedMap(this.#items, true);
  }

  /** True where both are copies of each other to which nothing was written. */
  isSameAs(other: SharedMap<Key, Item>): boolean {
    return this.#items === other.#items;
  }

  get(key: Key): Item | undefined {
    return this.#items.get(key);
  }

  has(key: Key): boolean {
    return this.#items.has(key);
  }

  set(key: Key, item: Item): void {
    this.#own().set(key, item);
  }

  delete(key: Key): void {
    if (this.#items.has(key)) this.#own().delete(key);
  }

  keys(): IterableIterator<Key> {
    return this.#items.keys();
  }

  values(): IterableIterator<Item> {
    return this.#items.values();
  }

  /** Goes through what is there now, also where the body of the loop writes. */
  [Symbol.iterator](): IterableIterator<[Key, Item]> {
    this.#shared = true;
    return this.#items[Symbol.iterator]();
  }

  /** Whether all entries pass; the test writes nothing. */
  every(test: (key: Key, item: Item) => boolean): boolean {
    for (const [key, item] of this.#items) if (!test(key, item)) return false;
    return true;
  }

  #own(): Map<Key, Item> {
    if (this.#shared) {
      this.#items = new Map(this.#items);
      this.#shared = false;
    }
    return this.#items;
  }
}
