/** One requirement: a package, its extras and the versions that it may have. PEP 508, and Poetry's `^` and `~`. */
import { both, compareReleases, type KnownVersion, type Release, readRelease } from './version.ts';

export interface Requirement {
  /** Normalized: see `packageName`. */
  readonly name: string;
  readonly extras: readonly string[];
  readonly version: KnownVersion;
}

export const anyVersion: KnownVersion = { kind: 'range', lower: null, upper: null };

/** `Flask_SQLAlchemy` and `flask-sqlalchemy` are one package. */
export function packageName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

const requirement = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?\s*\(?([^;@)]*)/;

/** `sqlalchemy[asyncio]>=2.0,<2.1; python_version > "3.9"`; null for what names no package. Markers do not count. */
export function readRequirement(text: string): Requirement | null {
  const match = requirement.exec(text);
  if (!match?.[1] || /^[\w+.-]+:\/\//.test(text.trim())) return null;
  const extras = (match[2] ?? '').split(',').map(each => each.trim().toLowerCase());
  return {
    name: packageName(match[1]),
    extras: extras.filter(each => each !== ''),
    version: readVersions(match[3] ?? ''),
  };
}

/** `>=2.0,<2.1`, `==2.0.*`, `^2.0`, `2.0.41`; what is not understood restricts nothing. */
export function readVersions(text: string): KnownVersion {
  if (text.includes('||')) return anyVersion;
  return text
    .split(',')
    .map(condition => readCondition(condition.trim()))
    .reduce(both, anyVersion);
}

function readCondition(text: string): KnownVersion {
  const [, operator = '', number = ''] = /^(===|==|~=|!=|<=|>=|<|>|\^|~|=)?\s*(.*)$/.exec(text) ?? [];
  const release = readRelease(number);
  if (release === null || operator === '!=') return anyVersion;
  if (number.includes('*')) return between(release, successor(release, release.length - 1));
  switch (operator) {
    case '>=':
      return { kind: 'range', lower: { release, inclusive: true }, upper: null };
    case '>':
      return { kind: 'range', lower: { release, inclusive: false }, upper: null };
    case '<':
      return { kind: 'range', lower: null, upper: { release, inclusive: false } };
    case '<=':
      return { kind: 'range', lower: null, upper: { release, inclusive: true } };
    case '~=':
      return between(release, successor(release, Math.max(0, release.length - 2)));
    case '^':
      return between(release, successor(release, firstSignificant(release)));
    case '~':
      return between(release, successor(release, Math.min(1, release.length - 1)));
    default:
      return { kind: 'exact', release };
  }
}

function between(release: Release, next: Release): KnownVersion {
  return {
    kind: 'range',
    lower: { release, inclusive: true },
    upper: { release: next, inclusive: false },
  };
}

/** The release with the number at `index` one higher, and nothing after it. */
function successor(release: Release, index: number): Release {
  return [...release.slice(0, index), (release[index] ?? 0) + 1];
}

/** Poetry's `^0.3` keeps the first number that is not 0. */
function firstSignificant(release: Release): number {
  const first = release.findIndex(number => number > 0);
  return first < 0 || compareReleases(release, [0]) === 0 ? release.length - 1 : first;
}
