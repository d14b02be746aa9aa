/**
 * What was worked out of files, kept while it is in use: it takes many times the memory of its text, and most of it is
 * looked at once. What was let go is worked out again when it is asked for.
 */

export interface Readable<Read> {
  /** Null where it was let go. */
  read: Read | null;
  /** In characters of source. */
  readonly size: number;
}

export class RecentlyRead<Read, Item extends Readable<Read> = Readable<Read>> {
  readonly #limit: number;
  readonly #letGo: (readable: Item) => void;
  /** Those that have something read, the one that was used last at the end. */
  readonly #inUse = new Set<Item>();
  #size = 0;

  /** In characters of source, of all together; the newest is kept whatever its size. `letGo`: told of each that was. */
  constructor(limit: number, letGo: (readable: Item) => void = () => {}) {
    this.#limit = limit;
    this.#letGo = letGo;
  }

  use(readable: Item): void {
    if (this.#inUse.delete(readable)) this.#size -= readable.size;
    this.#inUse.add(readable);
    this.#size += readable.size;
    for (const oldest of this.#inUse) {
      if (this.#size <= this.#limit || oldest === readable) return;
      this.#drop(oldest);
    }
  }

  /** Lets go of all. */
  rest(): void {
    for (const readable of this.#inUse) this.#drop(readable);
  }

  #drop(readable: Item): void {
    this.#inUse.delete(readable);
    this.#size -= readable.size;
    readable.read = null;
    this.#letGo(readable);
  }
}
