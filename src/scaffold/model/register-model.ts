/** Makes a new model part of the file that imports every model, so that Alembic's `env.py` sees its table. */

import type { TextEdit } from '../../base/edit.ts';
import { absoluteModule } from '../../python/modules/qualify.ts';
import { folderOf, stemOf } from '../paths.ts';
import type { KnownFile, ModelPlace, ProjectFacts } from '../project-facts.ts';
import { addImports, insertAt } from '../python-code/add-imports.ts';
import { addToAll } from '../python-code/add-to-all.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';
import type { ImportFrom } from '../python-syntax.ts';
import type { ScaffoldFile } from '../scaffold.ts';

export interface RegisteredModule {
  readonly path: string;
  readonly module: string;
  /** Models and enums of the module. */
  readonly names: readonly string[];
}

/** Null where nothing is to be changed. */
export function registerModels(
  facts: ProjectFacts,
  place: ModelPlace,
  modules: readonly RegisteredModule[],
): ScaffoldFile | null {
  const path = registryPath(facts, place);
  const file = path === null ? null : facts.fileAt(path);
  if (!file) return null;
  const style = registryImports(file);
  // A file with several models is imported whole, whatever names are taken from it: only a package lists them all.
  const lists = isPackage(file) && style.some(each => modules.some(own => leadsTo(each, own.module, file)));
  if (place.kind === 'file' && !lists) return null;
  const siblings = style.filter(({ level }) => level > 0 || isPackage(file));
  const takesAll = siblings.length > 1 && siblings.filter(({ star }) => star).length * 2 > siblings.length;
  const needs = modules.flatMap(own =>
    (takesAll ? ['*'] : own.names.map(name => exportedName(file, name))).map(name =>
      registryImport(file, own, name, style),
    ),
  );
  const names = modules.flatMap(own => own.names);
  const edits = [
    ...addImports(file, needs, facts).map(edit => withComment(file, edit)),
    ...exportEdits(file, names, facts),
  ];
  return edits.length === 0 ? null : { kind: 'edit', path: file.path, edits };
}

/** `User as User`, where the file says so that it exports what it imports. */
function exportedName({ text }: KnownFile, name: string): string {
  return /\bimport \(?\s*(\w+) as \1\b/.test(text) ? `${name} as ${name}` : name;
}

/** A file that silences the linter for each import that it only passes on does so for the new one. */
function withComment({ text }: KnownFile, edit: TextEdit): TextEdit {
  const comment = /^from [^\n#]*[^\s#](\s*# noqa[^\n]*?)\r?$/m.exec(text)?.[1];
  const isNew = edit.range.start === edit.range.end;
  if (comment === undefined || !isNew) return edit;
  return { ...edit, newText: edit.newText.replaceAll(/^(from [^\n(]+)$/gm, `$1${comment}`) };
}

function registryPath({ registry, exists }: ProjectFacts, place: ModelPlace): string | null {
  const own = `${place.path}/__init__.py`;
  if (registry !== null) return registry;
  return place.kind === 'folder' && exists(own) ? own : null;
}

function registryImports({ syntax }: KnownFile): readonly ImportFrom[] {
  return (syntax?.body ?? []).filter((each): each is ImportFrom => each.kind === 'import-from');
}

/** Relative where the file imports the models next to it so. */
function registryImport(
  file: KnownFile,
  own: { readonly path: string; readonly module: string },
  name: string,
  imports: readonly ImportFrom[],
): ImportNeed {
  const relative = imports.some(each => each.level > 0);
  const sibling = folderOf(file.path) === folderOf(own.path);
  return fromImport(relative && sibling ? `.${stemOf(own.path)}` : own.module, name);
}

function leadsTo(statement: ImportFrom, module: string, file: KnownFile): boolean {
  return absoluteModule(statement, { name: file.module, path: file.path }) === module;
}

function isPackage({ path }: KnownFile): boolean {
  return stemOf(path) === '__init__';
}

/** A file that has only its docstring gets an `__all__` of its own. */
function exportEdits(
  file: KnownFile,
  names: readonly string[],
  { style }: ProjectFacts,
): readonly TextEdit[] {
  const body = file.syntax?.body ?? [];
  const isEmpty =
    isPackage(file) &&
    body.every(each => each.kind === 'expression') &&
    !/^\s*(import|from)\s/m.test(file.text);
  if (!isEmpty) return addToAll(file, names, style);
  const text = exportsText(names, style);
  return [
    insertAt(file.text.length, `${file.text === '' || file.text.endsWith('\n') ? '' : '\n'}\n${text}\n`),
  ];
}

export function exportsText(names: readonly string[], style: ProjectFacts['style']): string {
  const literal = {
    open: '__all__ = [',
    elements: [...names].sort().map(name => quoted(name, style)),
    close: ']',
  };
  const lines = layOut(literal, 0, style);
  return (lines.length > 1 ? layOut(literal, 0, { ...style, lineLength: 0 }) : lines).join('\n');
}
