/** Where models live, where they are all imported, and which package the project's own code is in. */
import { ownerPart } from '../../base/dotted-name.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { SqlAlchemyProject } from '../../sqlalchemy/project.ts';
import { pluralOf, snakeOf } from '../names.ts';
import { folderOf, stemOf } from '../paths.ts';
import type { ModelPlace, PackageFact } from '../project-facts.ts';
import { byFrequency } from './most-common.ts';
import type { IsOwnCode } from './own-classes.ts';

/** Files called `models.py` take more models; a folder of files with a model each takes one more file. */
export function learnPlaces(models: readonly Model[]): readonly ModelPlace[] {
  const files = byFrequency(models.map(model => model.location.path));
  const places = files.map((path): ModelPlace => {
    const own = models.filter(model => model.location.path === path);
    const module = own[0]?.module ?? '';
    if (isCollection(path, own)) return { kind: 'file', path, module };
    return {
      kind: 'folder',
      path: folderOf(path),
      module: ownerPart(module),
      pluralFiles: hasPluralFiles(models, folderOf(path)),
      prefix: prefixOf(models, folderOf(path)),
    };
  });
  const unique = byFrequency(places.map(place => `${place.kind} ${place.path}`));
  const found = unique.flatMap(key => places.find(place => `${place.kind} ${place.path}` === key) ?? []);
  return found.filter(place => !isStray(place, models, found[0]));
}

/** The underscore with which all files of a folder begin. */
function prefixOf(models: readonly Model[], folder: string): '' | '_' {
  const stems = models
    .filter(model => folderOf(model.location.path) === folder)
    .map(model => stemOf(model.location.path));
  return stems.every(stem => stem.startsWith('_') && stem !== '__init__') ? '_' : '';
}

/** A single model in a file of another purpose, where all others are kept elsewhere. */
function isStray(place: ModelPlace, models: readonly Model[], usual: ModelPlace | undefined): boolean {
  const countIn = (folder: string): number =>
    models.filter(model => folderOf(model.location.path) === folder).length;
  return (
    place.kind === 'folder' &&
    usual?.kind === 'folder' &&
    countIn(place.path) === 1 &&
    countIn(usual.path) > 3
  );
}

function isCollection(path: string, models: readonly Model[]): boolean {
  const stem = stemOf(path);
  if (/^(models?|tables|schema|entities|orm|db|database|main|app|__init__)$/.test(stem)) return true;
  const named = models.some(({ name }) => [snakeOf(name), pluralOf(snakeOf(name))].includes(stem));
  return models.length > 3 && !named;
}

export function hasPluralFiles(
  models: readonly { readonly name: string; readonly location: { readonly path: string } }[],
  folder: string,
): boolean {
  const stems = models
    .filter(model => folderOf(model.location.path) === folder)
    .map(model => [snakeOf(model.name), stemOf(model.location.path).replace(/^_/, '')] as const);
  const plural = stems.filter(([name, stem]) => stem === pluralOf(name) && stem !== name).length;
  const singular = stems.filter(([name, stem]) => stem === name).length;
  return plural > singular;
}

/** The file that imports the modules of at least half of the models: their package, a list of imports, or `env.py`. */
export function learnRegistry(
  project: SqlAlchemyProject,
  models: readonly Model[],
  { places, isOwnCode }: { readonly places: readonly ModelPlace[]; readonly isOwnCode: IsOwnCode },
): string | null {
  const modules = new Set(models.map(model => model.module));
  const candidates = [...project.files.values()].flatMap(file => {
    const imported = new Set(file.module.body.flatMap(statement => importedModule(statement, file) ?? []));
    const count = [...modules].filter(module => module !== file.name && imported.has(module)).length;
    if (count === 0 || count * 2 < modules.size) return [];
    const rank = rankOf(file, places, isOwnCode);
    return rank === null ? [] : [{ path: file.path, rank, count }];
  });
  return candidates.sort((a, b) => a.rank - b.rank || b.count - a.count)[0]?.path ?? null;
}

type File = SqlAlchemyProject['files'] extends ReadonlyMap<string, infer Each> ? Each : never;

function rankOf(file: File, places: readonly ModelPlace[], isOwnCode: IsOwnCode): number | null {
  if (places.some(place => file.path === `${place.path}/__init__.py`)) return 0;
  if (isOwnCode(file.path) && file.module.body.every(isListing)) return 1;
  return stemOf(file.path) === 'env' ? 2 : null;
}

function isListing(statement: File['module']['body'][number]): boolean {
  return (
    statement.kind === 'import' ||
    statement.kind === 'import-from' ||
    statement.kind === 'expression' ||
    statement.kind === 'assignment'
  );
}

/** The absolute name of the module that `from … import …` names. */
function importedModule(statement: File['module']['body'][number], file: File): string | null {
  if (statement.kind !== 'import-from') return null;
  if (statement.level === 0) return statement.module;
  const parts = file.name.split('.');
  const kept = parts.slice(0, parts.length - statement.level + (stemOf(file.path) === '__init__' ? 1 : 0));
  return [...kept, ...(statement.module === '' ? [] : [statement.module])].join('.');
}

/** The largest package of the project; where there is none, `app` below the root, which is not there yet. */
export function learnPackage(own: readonly string[], root: string): PackageFact {
  const packages = own.filter(path => path.endsWith('/__init__.py')).map(folderOf);
  const tops = packages.filter(folder => !packages.includes(folderOf(folder)) && folder !== root);
  const sizes = tops.map(folder => ({
    folder,
    size: own.filter(path => path.startsWith(`${folder}/`)).length,
  }));
  const largest = sizes.sort((a, b) => b.size - a.size || a.folder.length - b.folder.length)[0]?.folder;
  const path = largest ?? `${root}/app`;
  return { path, module: stemOf(path), exists: largest !== undefined };
}
