/** The packages of a workspace from all files that name some: the nearest folder above a file that knows a name answers. */
import type { PackageFacts, WorkspacePackages } from './packages.ts';
import { type Authority, isPackageSource, type PackageSource, readPackageSource } from './read-source.ts';
import { packageName, type Requirement, readVersions } from './requirement.ts';
import {
  allows,
  both,
  either,
  isAtLeast,
  type KnownVersion,
  type PackageVersion,
  unknownVersion,
} from './version.ts';

/** `paths` are absolute; files that name no packages are passed over. */
export function readPackages(
  paths: readonly string[],
  textOf: (path: string) => string | undefined,
): WorkspacePackages {
  const byFolder = new Map<string, PackageSource[]>();
  for (const path of paths) {
    if (!isPackageSource(path)) continue;
    for (const source of readPackageSource(path, textOf(path) ?? ''))
      byFolder.set(source.folder, [...(byFolder.get(source.folder) ?? []), source]);
  }
  const known = new Map<string, PackageFacts>();
  return {
    of(path) {
      const folders = foldersAbove(path).filter(folder => byFolder.has(folder));
      const key = folders[0] ?? '';
      const facts = known.get(key) ?? factsOf(folders.map(folder => byFolder.get(folder) ?? []));
      known.set(key, facts);
      return facts;
    },
  };
}

/** Nearest first. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
}

/** `levels` holds the sources of each folder above, nearest first. */
function factsOf(levels: readonly (readonly PackageSource[])[]): PackageFacts {
  const versions = new Map<string, PackageVersion>();
  const versionOf = (name: string) => {
    const key = packageName(name);
    const version = versions.get(key) ?? impliedBy(levels, key) ?? versionIn(levels, key);
    versions.set(key, version);
    return version;
  };
  return {
    versionOf,
    presenceOf: (name, beside) => {
      if (versionOf(name).kind !== 'unknown') return 'present';
      const isListed = levels
        .flat()
        .some(source => source.complete && requirementsOf(source, packageName(beside)).length > 0);
      return isListed ? 'absent' : 'unknown';
    },
    extrasOf: name =>
      new Set(
        levels
          .flat()
          .flatMap(source => requirementsOf(source, packageName(name)))
          .flatMap(each => each.extras),
      ),
  };
}

/** Flask-SQLAlchemy 2 reads `sqlalchemy.__all__`, which SQLAlchemy 2.0 has not: null where nothing follows from that. */
function impliedBy(levels: readonly (readonly PackageSource[])[], name: string): PackageVersion | null {
  if (name !== 'sqlalchemy' || isAtLeast(versionIn(levels, 'flask-sqlalchemy'), 3) !== false) return null;
  const version = versionIn(levels, name);
  if (version.kind === 'exact') return version;
  return version.kind === 'unknown' ? before2 : both(version, before2);
}

const before2 = readVersions('<2');

/** A workspace's one lock file lies above the `pyproject.toml` of its members: it counts where it agrees with them. */
function versionIn(levels: readonly (readonly PackageSource[])[], name: string): PackageVersion {
  let nearest: KnownVersion | null = null;
  for (const sources of levels) {
    const version = strongest(sources, name);
    if (version === null) continue;
    if (nearest === null) nearest = version;
    if (version.kind === 'exact' && allows(nearest, version.release)) return version;
  }
  return nearest ?? unknownVersion;
}

function requirementsOf(source: PackageSource, name: string): readonly Requirement[] {
  return source.requirements.filter(each => each.name === name);
}

const authorities: readonly Authority[] = ['installed', 'locked', 'pinned', 'allowed'];

function strongest(sources: readonly PackageSource[], name: string): KnownVersion | null {
  for (const authority of authorities) {
    const versions = sources
      .filter(source => source.authority === authority)
      .flatMap(source => requirementsOf(source, name))
      .map(each => each.version);
    const [first, ...others] = versions;
    if (first) return others.reduce(either, first);
  }
  return null;
}
