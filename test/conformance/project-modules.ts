/** Modules of a project as Python imports them: by name, from the folders that are to be on the path. */
import { dirname, sep } from 'node:path';
import type { Model } from '../../src/sqlalchemy/model.ts';
import type { SourceFile } from '../../src/sqlalchemy/project.ts';

export type NamedFile = Pick<SourceFile, 'path' | 'name'>;

const unimported =
  /\/(?:tests?|testing|migrations?|alembic|versions|docs?|examples?)\/|\/(?:test_|conftest)[^/]*$/;

/** True for what stands below the folder of a project and is a part of what it maps: no test, revision or example. */
export function isImported(path: string, root: string): boolean {
  return path.startsWith(`${root}/`) && !unimported.test(path.slice(root.length));
}

/** The modules that a project imports to have its models. */
export function declaringModules(
  named: readonly NamedFile[],
  models: ReadonlyMap<string, Model>,
  root: string,
): readonly NamedFile[] {
  const declaring = new Set([...models.values()].map(({ location }) => location.path));
  return named.filter(({ path }) => declaring.has(path) && isImported(path, root));
}

/** The files by the names under which the project imports them: Python names namespace packages too. */
export function asImported(files: readonly SourceFile[]): readonly NamedFile[] {
  const imported = new Set(files.flatMap(importsOf));
  return files.map(file => {
    const folders = rootOf(file).split(sep);
    const names = folders.map((_, index) => [...folders.slice(index), file.name].join('.'));
    return { path: file.path, name: names.find(each => imported.has(each)) ?? file.name };
  });
}

/** The folder from which a module has its name. */
export function rootOf({ path, name }: NamedFile): string {
  const isPackage = path.endsWith('/__init__.py');
  const depth = name.split('.').length - (isPackage ? 0 : 1);
  let folder = dirname(path);
  for (let up = 0; up < depth; up++) folder = dirname(folder);
  return folder;
}

/** The dotted names that a file imports from, with each of their beginnings. */
function importsOf(file: SourceFile): readonly string[] {
  return [...file.text.matchAll(/^\s*(?:from|import)\s+([\w.]+)/gm)].flatMap(([, name = '']) => {
    const parts = name.split('.');
    return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
  });
}
