/** Which files Alembic loads as revisions, and in which order: the order decides ties between branches. */
import { joinPath } from '../environment/paths.ts';

export interface VersionFolders {
  readonly versionLocations: readonly string[];
  /** `recursive_version_locations`: folders below a location count too. */
  readonly recursive: boolean;
}

/** From all paths of a workspace, those of revisions. Paths and locations have the same root, and slashes. */
export function revisionFiles(
  paths: readonly string[],
  { versionLocations, recursive }: VersionFolders,
): string[] {
  const found = new Set<string>();
  for (const location of versionLocations) {
    const folder = joinPath('', location);
    const prefix = folder === '' ? '' : `${folder}/`;
    const below = paths.filter(
      path => path.startsWith(prefix) && isRevisionFile(path.slice(prefix.length), recursive),
    );
    for (const path of below.sort((a, b) => compareInFolders(a.slice(prefix.length), b.slice(prefix.length))))
      found.add(path);
  }
  return [...found];
}

function isRevisionFile(relative: string, recursive: boolean): boolean {
  const parts = relative.split('/');
  const name = parts.pop() ?? '';
  if (!/^(?!\.#|__init__).*\.py$/.test(name)) return false;
  return parts.length === 0 || (recursive && !parts.some(part => part.endsWith('__pycache__')));
}

/** A folder's files before its folders, both by code points, as a sorted top-down walk gives them. */
function compareInFolders(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  for (let depth = 0; ; depth++) {
    const leftIsFile = left.length === depth + 1;
    const rightIsFile = right.length === depth + 1;
    if (leftIsFile !== rightIsFile) return leftIsFile ? -1 : 1;
    const order = compareCodePoints(left[depth] ?? '', right[depth] ?? '');
    if (order !== 0 || leftIsFile) return order;
  }
}

/** UTF-8's order is that of code points, UTF-16's is not where there are surrogates. */
function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  if (!/[\ud800-\udfff]/.test(a + b)) return a < b ? -1 : 1;
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
