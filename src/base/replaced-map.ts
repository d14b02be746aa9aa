/**
 * A map of thousands of items of which an edit replaces a few: both versions share what is the same, and are held against
 * each other in the time of what is not.
 */

/** So many keys apart a version is written out whole. */
const farthest = 64;

export class ReplacedMap<Key, Item> implements ReadonlyMap<Key, Item> {
  /** Shared, and never written to. */
  readonly #base: ReadonlyMap<Key, Item>;
  readonly #replaced: ReadonlyMap<Key, Item>;

  constructor(base: ReadonlyMap<Key, Item>, replaced: ReadonlyMap<Key, Item> = new Map()) {
    this.#base = base;
    this.#replaced = replaced;
  }

  /** The map with other items under some of its keys, which all keep their places. */
  replacing(items: Iterable<readonly [Key, Item]>): ReplacedMap<Key, Item> {
    const replaced = new Map([...this.#replaced, ...items]);
    return replaced.size > farthest
      ? new ReplacedMap(new Map(new ReplacedMap(this.#base, replaced)))
      : new ReplacedMap(this.#base, replaced);
  }

  /** The keys under which another version may have another item; null where it shares nothing with this one. */
  keysApart(other: ReplacedMap<Key, Item>): ReadonlySet<Key> | null {
    if (this.#base !== other.#base) return null;
    const apart = new Set<Key>();
    for (const key of [...this.#replaced.keys(), ...other.#replaced.keys()])
      if (this.get(key) !== other.get(key)) apart.add(key);
    return apart;
  }

  get size(): number {
    return this.#base.size;
  }

  get(key: Key): Item | undefined {
    return this.#replaced.get(key) ?? this.#base.get(key);
  }

  has(key: Key): boolean {
    return this.#base.has(key);
  }

  keys(): MapIterator<Key> {
    return this.#base.keys();
  }

  *entries(): MapIterator<[Key, Item]> {
    for (const [key, item] of this.#base) yield [key, this.#replaced.get(key) ?? item];
  }

  *values(): MapIterator<Item> {
    for (const [, item] of this.entries()) yield item;
  }

  [Symbol.iterator](): MapIterator<[Key, Item]> {
    return this.entries();
  }

  forEach(visit: (item: Item, key: Key, map: ReadonlyMap<Key, Item>) => void, receiver?: unknown): void {
    for (const [key, item] of this) visit.call(receiver, item, key, this);
  }
}

/** The keys under which two maps differ; null where they are no versions that share what is the same. */
export function keysApart<Key, Item>(
  one: ReadonlyMap<Key, Item>,
  other: ReadonlyMap<Key, Item>,
): ReadonlySet<Key> | null {
  return one instanceof ReplacedMap && other instanceof ReplacedMap ? one.keysApart(other) : null;
}
