/** Strings that revisions import from other modules of the project: `branch_labels = (cli.EXPAND_BRANCH,)`. */
import type { Module } from '../../python/syntax.ts';
import { constantString, type ImportedText, moduleNames, type Names, noImportedText } from './constants.ts';

export interface ModuleFiles {
  readonly paths: readonly string[];
  readonly textOf: (path: string) => string | undefined;
  readonly parse: (text: string) => Module;
}

/** Looks a dotted name up in the one file that its module can be; each module is parsed once. */
export function importedTextOf(files: ModuleFiles): ImportedText {
  const modules = new Map<string, Names | null>();
  return dottedName => {
    const dot = dottedName.lastIndexOf('.');
    const moduleName = dottedName.slice(0, Math.max(0, dot));
    if (moduleName === '' || moduleName.startsWith('.')) return null;
    let names = modules.get(moduleName);
    if (names === undefined) {
      names = readNames(files, moduleName);
      modules.set(moduleName, names);
    }
    const value = names?.bound.get(dottedName.slice(dot + 1));
    return names && value ? constantString(value, names) : null;
  };
}

function readNames({ paths, textOf, parse }: ModuleFiles, moduleName: string): Names | null {
  const path = moduleName.replaceAll('.', '/');
  const endings = [`/${path}.py`, `/${path}/__init__.py`];
  const found = paths.filter(each => endings.some(ending => `/${each}`.endsWith(ending)));
  const [only, second] = found.sort((a, b) => a.length - b.length);
  // Two files of one name at the same depth: which is meant depends on the import path.
  if (only === undefined || second?.length === only.length) return null;
  const text = textOf(only);
  return text === undefined ? null : moduleNames(parse(text), noImportedText);
}
