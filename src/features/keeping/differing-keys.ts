/** How two maps of digests differ: versions that share what is the same are not walked over. */
import { keysApart } from '../../base/replaced-map.ts';

/** Keys under which two maps of digests have different ones, or only one of them has any. */
export function differingKeys(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const apart = keysApart(before, now);
  if (apart !== null) return apart;
  const keys = new Set<string>();
  if (before === now) return keys;
  for (const [key, digest] of now) if (before.get(key) !== digest) keys.add(key);
  for (const key of before.keys()) if (!now.has(key)) keys.add(key);
  return keys;
}
