/** How files of one purpose are laid out: in a folder of their own, or one in each feature's package, by the same name. */
import { ownerPart } from '../../base/dotted-name.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { ModuleFolder } from '../named-thing.ts';
import { folderOf, stemOf } from '../paths.ts';
import type { FileLayout } from '../project-facts.ts';
import { byFrequency, mostCommon } from './most-common.ts';

/** A file and the name of its module. */
type NamedFile = Pick<SourceFile, 'path' | 'name'>;

/** Null without files. `pluralFiles` is for who knows what the files are named after. */
export function learnLayout(files: readonly NamedFile[]): FileLayout | null {
  const feature = featureLayout(files);
  if (feature) return feature;
  const path = mostCommon(files.map(file => folderOf(file.path)));
  const first = files.find(file => folderOf(file.path) === path);
  return first && path !== null
    ? { kind: 'folder', path, module: packageOfFile(first), pluralFiles: false }
    : null;
}

/** `orders/repository.py`, `customers/repository.py`: at least three, and more than any folder has. */
function featureLayout(files: readonly NamedFile[]): FileLayout | null {
  const stem = mostCommon(files.map(file => stemOf(file.path)).filter(each => each !== '__init__'));
  const alike = files.filter(file => stemOf(file.path) === stem);
  const [parent] = byFrequency(alike.map(file => folderOf(folderOf(file.path))));
  const beside = alike.filter(file => folderOf(folderOf(file.path)) === parent);
  const [first] = beside;
  if (stem === null || parent === undefined || !first) return null;
  const folders = files.map(file => folderOf(file.path));
  const largest = folders.filter(each => each === mostCommon(folders)).length;
  if (beside.length < 3 || beside.length <= largest) return null;
  return { kind: 'feature', path: parent, module: ownerPart(packageOfFile(first)), stem };
}

/** The package that a folder is, by the modules in it or below it. */
export function moduleFolder(path: string, files: readonly NamedFile[]): ModuleFolder {
  const inside = files.find(file => folderOf(file.path) === path);
  if (inside) return { path, module: packageOfFile(inside) };
  const near = files
    .filter(file => path.startsWith(`${folderOf(file.path)}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (!near) return { path, module: stemOf(path) };
  const below = path.slice(folderOf(near.path).length + 1).replaceAll('/', '.');
  const package_ = packageOfFile(near);
  return { path, module: package_ === '' ? below : `${package_}.${below}` };
}

export function packageOfFile({ path, name }: NamedFile): string {
  return stemOf(path) === '__init__' ? name : ownerPart(name);
}
