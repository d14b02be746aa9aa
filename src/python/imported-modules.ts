/** The modules that a file's imports load, wherever in it they stand. */
import type { Module } from './syntax.ts';
import { walkStatements } from './walk.ts';

export interface ImportingModule {
  /** Dotted; empty where it is not known. */
  readonly name: string;
  /** True for an `__init__.py`, which relative imports count from. */
  readonly isPackage: boolean;
}

export interface ImportedModules {
  /** Surely modules, with the packages above each. */
  readonly loaded: ReadonlySet<string>;
  /** `a.b.c` of `from a.b import c`: a module, or a name in one. */
  readonly possible: ReadonlySet<string>;
}

/** Absolute names. */
export function importedModules(module: Module, { name, isPackage }: ImportingModule): ImportedModules {
  const folder = isPackage ? name.split('.') : name.split('.').slice(0, -1);
  const loaded = new Set<string>();
  const possible = new Set<string>();
  const load = (dotted: string) => {
    const parts = dotted.split('.');
    for (let length = 1; length <= parts.length; length++) loaded.add(parts.slice(0, length).join('.'));
  };
  walkStatements(module, statement => {
    if (statement.kind === 'import') for (const each of statement.names) load(each.name);
    if (statement.kind !== 'import-from') return;
    const base = statement.level === 0 ? [] : folder.slice(0, folder.length - statement.level + 1);
    const from = [...base, ...(statement.module === '' ? [] : [statement.module])].join('.');
    if (from === '') return;
    load(from);
    for (const each of statement.names) possible.add(`${from}.${each.name}`);
  });
  return { loaded, possible };
}
