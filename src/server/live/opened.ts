/** What is open: at most one of its kind for each connection, made on first need. */

interface Disposable {
  dispose(): Promise<void>;
}

export class Opened<Resource extends Disposable> {
  readonly #open = new Map<string, Promise<Resource>>();

  /** The one that is open, or a new one. */
  get(id: string, make: () => Promise<Resource>): Promise<Resource> {
    const known = this.#open.get(id);
    if (known !== undefined) return known;
    const made = make();
    made.catch(() => this.#open.delete(id));
    this.#open.set(id, made);
    return made;
  }

  async all(): Promise<readonly Resource[]> {
    const found = await Promise.all([...this.#open.values()].map(one => one.catch(() => null)));
    return found.filter(one => one !== null);
  }

  /** The next need makes another. */
  async close(id: string): Promise<void> {
    const resource = this.#open.get(id);
    this.#open.delete(id);
    await (await resource?.catch(() => null))?.dispose();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map(id => this.close(id)));
  }
}
