/** Numbers for names that SQLAlchemy makes up (`users_1`, `anon_2`, `id_1`): one counter for each base in a statement. */
import type { Identifier } from '../statements/ir.ts';

export interface AnonymousNames {
  nameOf(identifier: Identifier): string;
}

/** The dialect's `label_length`: PostgreSQL's 63, less room for a number. */
const LABEL_LENGTH = 57;

export function createAnonymousNames(): AnonymousNames {
  const counters = new Map<string, number>();
  const known = new Map<object, Map<string, string>>();
  function piece(identity: object, seed: string): string {
    const bySeed = known.get(identity) ?? new Map<string, string>();
    known.set(identity, bySeed);
    const existing = bySeed.get(seed);
    if (existing !== undefined) return existing;
    const count = counters.get(seed) ?? 1;
    counters.set(seed, count + 1);
    const name = `${seed}_${count}`;
    bySeed.set(seed, name);
    return name;
  }
  const shortened = new Map<string, string>();
  /** Names that were made up are cut, and numbered in the order in which they are met. */
  function short(name: string): string {
    const known = shortened.get(name);
    if (known !== undefined || name.length <= LABEL_LENGTH) return known ?? name;
    const cut = `${name.slice(0, LABEL_LENGTH)}_${(shortened.size + 1).toString(16)}`;
    shortened.set(name, cut);
    return cut;
  }
  return {
    nameOf: identifier =>
      typeof identifier === 'string'
        ? identifier
        : short(
            identifier.pieces
              .map(each => (typeof each === 'string' ? each : piece(each.identity, each.seed)))
              .join(''),
          ),
  };
}
