/** Versions of Python packages as far as they matter to us: their release numbers. */

/** `2.0.41` as [2, 0, 41]. Pre-releases and builds count as their release: `2.1.0b1` behaves as 2.1.0 does. */
export type Release = readonly number[];

export interface Bound {
  readonly release: Release;
  readonly inclusive: boolean;
}

export type PackageVersion =
  | { readonly kind: 'exact'; readonly release: Release }
  /** Every version between the bounds; null where there is none. */
  | { readonly kind: 'range'; readonly lower: Bound | null; readonly upper: Bound | null }
  /** The package is not named where the file belongs to. */
  | { readonly kind: 'unknown' };

export type KnownVersion = Exclude<PackageVersion, { kind: 'unknown' }>;

export const unknownVersion: PackageVersion = { kind: 'unknown' };

/** Null for what has no release number, such as a branch's name. */
export function readRelease(text: string): Release | null {
  const match = /^\s*v?(?:\d+!)?(\d+(?:\.\d+)*)/.exec(text);
  return match?.[1] ? match[1].split('.').map(Number) : null;
}

/** Negative where `a` is older; `2.1` equals `2.1.0`. */
export function compareReleases(a: Release, b: Release): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Whether the version is `release` or newer, as `isAtLeast(version, 2, 1)`: null where both are possible, or nothing is
 * known.
 */
export function isAtLeast(version: PackageVersion, ...release: readonly number[]): boolean | null {
  if (version.kind === 'unknown') return null;
  if (version.kind === 'exact') return compareReleases(version.release, release) >= 0;
  const { lower, upper } = version;
  if (lower && compareReleases(lower.release, release) >= 0) return true;
  if (!upper) return null;
  const distance = compareReleases(upper.release, release);
  return distance < 0 || (distance === 0 && !upper.inclusive) ? false : null;
}

/** True where `version` may be the exact one: a lock file further up speaks of the same project then. */
export function allows(version: KnownVersion, release: Release): boolean {
  const { lower, upper } = boundsOf(version);
  const isAbove = lower === null || isWithin(compareReleases(release, lower.release), lower);
  return isAbove && (upper === null || isWithin(compareReleases(upper.release, release), upper));
}

/** The narrowest version that holds both: several files, or several platforms, may speak of a package. */
export function either(a: KnownVersion, b: KnownVersion): KnownVersion {
  if (a.kind === 'exact' && b.kind === 'exact' && compareReleases(a.release, b.release) === 0) return a;
  const first = boundsOf(a);
  const second = boundsOf(b);
  return {
    kind: 'range',
    lower: outer(first.lower, second.lower, -1),
    upper: outer(first.upper, second.upper, 1),
  };
}

/** What holds both conditions of one requirement: `>=2.0` and `<2.1`. */
export function both(a: KnownVersion, b: KnownVersion): KnownVersion {
  if (a.kind === 'exact') return a;
  if (b.kind === 'exact') return b;
  return { kind: 'range', lower: inner(a.lower, b.lower, 1), upper: inner(a.upper, b.upper, -1) };
}

function boundsOf(version: KnownVersion): { readonly lower: Bound | null; readonly upper: Bound | null } {
  if (version.kind === 'range') return version;
  const bound = { release: version.release, inclusive: true };
  return { lower: bound, upper: bound };
}

function isWithin(distance: number, { inclusive }: Bound): boolean {
  return distance > 0 || (distance === 0 && inclusive);
}

function outer(a: Bound | null, b: Bound | null, direction: number): Bound | null {
  if (a === null || b === null) return null;
  const distance = compareReleases(a.release, b.release) * direction;
  return distance > 0 || (distance === 0 && a.inclusive) ? a : b;
}

function inner(a: Bound | null, b: Bound | null, direction: number): Bound | null {
  if (a === null || b === null) return a ?? b;
  const distance = compareReleases(a.release, b.release) * direction;
  return distance > 0 || (distance === 0 && !a.inclusive) ? a : b;
}
