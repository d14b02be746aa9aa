/**
 * Dotted names for the files of a workspace, from their paths alone: packages, `src` layouts, namespace packages. Where
 * two projects in one workspace have modules of one name, each is named by its whole path; `modules.ts` still finds them
 * by the name that their neighbours import.
 */

/**
 * Names every file, each by a name of its own. Paths have `/` between their parts, as have the roots, which are the
 * folders of the workspace.
 */
export function nameModules(paths: Iterable<string>, roots: readonly string[]): ReadonlyMap<string, string> {
  const all = [...paths];
  const packages = packageFolders(all);
  const byName = new Map<string, string[]>();
  for (const path of all) {
    const name = moduleNameOf(path, roots, packages);
    const namesakes = byName.get(name);
    if (namesakes === undefined) byName.set(name, [path]);
    else namesakes.push(path);
  }
  const names = new Map<string, string>();
  for (const [name, namesakes] of byName) {
    for (const path of namesakes) {
      names.set(path, namesakes.length === 1 ? name : dotted(path, rootOf(path, roots)));
    }
  }
  return names;
}

/** The folders that hold an `__init__.py`. */
export function packageFolders(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) if (/(^|\/)__init__\.pyi?$/.test(path)) folders.add(folderOf(path));
  return folders;
}

/**
 * The name under which the file is most likely imported: from the topmost package above it on, also through folders between
 * that have no `__init__.py`, and for a file in no package from the last `src` folder above it, or else from the
 * workspace's folder.
 */
export function moduleNameOf(path: string, roots: readonly string[], packages: ReadonlySet<string>): string {
  const root = rootOf(path, roots);
  const folder = folderOf(path);
  const top = topmostPackage(folder, root, packages);
  return dotted(path, top === null ? sourceFolder(folder, root) : top === root ? root : folderOf(top));
}

function topmostPackage(start: string, root: string, packages: ReadonlySet<string>): string | null {
  let top: string | null = null;
  for (let folder = start; ; folder = folderOf(folder)) {
    if (packages.has(folder)) top = folder;
    if (folder === root || folder === folderOf(folder)) return top;
  }
}

/** True for `__init__.py`, whose relative imports start at its own name. */
export function isPackageFile(path: string): boolean {
  return /(^|\/)__init__\.pyi?$/.test(path);
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

function sourceFolder(folder: string, root: string): string {
  const at = `${folder}/`.lastIndexOf('/src/');
  const source = at < 0 ? '' : `${folder}/`.slice(0, at + '/src'.length);
  return source.length > root.length ? source : root;
}

/** The longest of the roots that the path is in. */
function rootOf(path: string, roots: readonly string[]): string {
  let found = '';
  for (const root of roots) {
    const folder = root.replace(/\/+$/, '');
    if (folder.length > found.length && path.startsWith(`${folder}/`)) found = folder;
  }
  return found;
}

function dotted(path: string, folder: string): string {
  const relative = folder === '' ? path.replace(/^\/+/, '') : path.slice(folder.length + 1);
  return relative
    .replace(/\.pyi?$/, '')
    .replace(/(^|\/)__init__$/, '')
    .replaceAll('/', '.');
}
