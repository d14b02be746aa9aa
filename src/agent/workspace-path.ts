/** Paths of a workspace's files as agents write and read them: relative to its folders, and never outside of them. */
import { createPlaces, type Places } from '../features/reports/places.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

/** An absolute path within one of the roots; null for every other. Links are the file port's concern. */
export function pathInside(roots: readonly string[], given: string): string | null {
  if (given.includes('\0')) return null;
  const path = given.replaceAll('\\', '/');
  const isAbsolute = path.startsWith('/') || /^[A-Za-z]:\//.test(path);
  const full = normalized(isAbsolute ? path : `${roots[0] ?? ''}/${path}`);
  return roots.some(root => full === root || full?.startsWith(`${root}/`)) ? full : null;
}

/** Without `.` and `..`; null where `..` leads above everything. */
function normalized(path: string): string | null {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && kept.pop() === undefined) return null;
    if (part !== '' && part !== '.' && part !== '..') kept.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${kept.join('/')}`;
}

/** The shortest way from a root to a path inside of it; other paths stay as they are. */
export function shownPath(roots: readonly string[], path: string): string {
  const root = roots.find(each => path.startsWith(`${each}/`));
  return root === undefined ? path : path.slice(root.length + 1);
}

export function workspacePlaces(workspace: WorkspaceSnapshot): Places {
  return createPlaces({
    textOf: workspace.textOf,
    file: path => shownPath(workspace.roots, path),
  });
}
