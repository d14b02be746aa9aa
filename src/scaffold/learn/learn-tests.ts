/** Where the project's tests are, and by which names they import each other. */

import type { ModuleFolder } from '../named-thing.ts';
import { folderOf } from '../paths.ts';

/** The folder nearest to the package that has tests in it, and of those the outermost; `tests` beside everything where there is none. */
export function learnTests(paths: readonly string[], root: string, home: string): ModuleFolder {
  const folders = new Set(paths.flatMap(path => testFolder(path, root) ?? []));
  const shared = (folder: string): number => {
    const [own, others] = [folder.split('/'), home.split('/')];
    const end = own.findIndex((part, index) => part !== others[index]);
    return end < 0 ? own.length : end;
  };
  const depth = (folder: string): number => folder.split('/').length;
  const [path = `${root}/tests`] = [...folders].toSorted(
    (a, b) => shared(b) - shared(a) || depth(a) - depth(b) || (a < b ? -1 : 1),
  );
  return { path, module: moduleOf(path, new Set(paths), root) };
}

/** The outermost folder of that name which a test lies in. */
function testFolder(path: string, root: string): string | null {
  if (!path.startsWith(`${root}/`) || !/\/(conftest|test_\w+|\w+_test)\.py$/.test(path)) return null;
  const parts = folderOf(path)
    .slice(root.length + 1)
    .split('/');
  const index = parts.findIndex(part => part === 'tests' || part === 'test');
  return index < 0 ? null : [root, ...parts.slice(0, index + 1)].join('/');
}

/** As pytest imports it: by the packages that it lies in; empty where it is none. */
function moduleOf(folder: string, known: ReadonlySet<string>, root: string): string {
  const names: string[] = [];
  for (let at = folder; at !== root && known.has(`${at}/__init__.py`); at = folderOf(at))
    names.unshift(at.slice(at.lastIndexOf('/') + 1));
  return names.join('.');
}
