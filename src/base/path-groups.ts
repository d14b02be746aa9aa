/** Paths by what they share. Most groups are of one path, which takes a tenth of a set. */
export class PathGroups {
  readonly #groups = new Map<string, string | Set<string>>();

  add(key: string, path: string): void {
    const known = this.#groups.get(key);
    if (known === undefined) this.#groups.set(key, path);
    else if (typeof known !== 'string') known.add(path);
    else if (known !== path) this.#groups.set(key, new Set([known, path]));
  }

  of(key: string): Iterable<string> {
    const known = this.#groups.get(key);
    return known === undefined ? [] : typeof known === 'string' ? [known] : known;
  }
}
