/** What names lead to in a Python file, as digests, and how two versions of it differ. */
import { keysApart } from '../../base/replaced-map.ts';
import { differingKeys } from './differing-keys.ts';

export interface SurfaceDigests {
  /** The name of the module. */
  readonly module: string;
  /** Of what every name may depend on. */
  readonly shared: string;
  /** Of what is bound, in source order. */
  readonly bindings: readonly (readonly [name: string, digest: string])[];
}

export interface DifferingSurfaces {
  /** Paths of those that are different in more than single names. */
  readonly surfaces: ReadonlySet<string>;
  /** Names of the others that are bound otherwise, by path. */
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
}

export function differingSurfaces(
  before: ReadonlyMap<string, SurfaceDigests>,
  now: ReadonlyMap<string, SurfaceDigests>,
): DifferingSurfaces {
  const surfaces = new Set<string>();
  const names = new Map<string, ReadonlySet<string>>();
  for (const path of keysApart(before, now) ?? new Set([...before.keys(), ...now.keys()])) {
    const [one, two] = [before.get(path), now.get(path)];
    if (one === two) continue;
    const found = one && two ? reboundNames(one, two) : null;
    if (found === null) surfaces.add(path);
    else if (found.size > 0) names.set(path, found);
  }
  return { surfaces, names };
}

/** Null where more than some names are bound otherwise, or what is bound as before stands in another order. */
function reboundNames(one: SurfaceDigests, two: SurfaceDigests): ReadonlySet<string> | null {
  if (one.module !== two.module || one.shared !== two.shared) return null;
  const [before, now] = [digestsByName(one), digestsByName(two)];
  const names = differingKeys(before, now);
  const kept = ({ bindings }: SurfaceDigests) => bindings.flatMap(([name]) => (names.has(name) ? [] : name));
  return kept(one).join() === kept(two).join() ? names : null;
}

function digestsByName({ bindings }: SurfaceDigests): ReadonlyMap<string, string> {
  const digests = new Map<string, string>();
  for (const [name, digest] of bindings) digests.set(name, `${digests.get(name) ?? ''} ${digest}`);
  return digests;
}
