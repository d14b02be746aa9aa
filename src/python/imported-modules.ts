/** The modules that a file's imports load, wherever in it they stand. */
import type { Module } from './syntax.ts';
import { walkStatements } from './walk.ts';

export interface ImportingModule {
  /** Dotted; empty where it is not known. */
  readonly name: string;
  /** True for an `__init__.py`, which relative imports count from. */
  readonly isPackage: boolean;
}

/** Absolute names, with the packages above each: `from a.b import c` loads `a`, `a.b`, and `a.b.c` where that is a module. */
export function importedModules(module: Module, { name, isPackage }: ImportingModule): ReadonlySet<string> {
  const folder = isPackage ? name.split('.') : name.split('.').slice(0, -1);
  const found = new Set<string>();
  const add = (dotted: string) => {
    const parts = dotted.split('.');
    for (let length = 1; length <= parts.length; length++) found.add(parts.slice(0, length).join('.'));
  };
  walkStatements(module, statement => {
    if (statement.kind === 'import') for (const each of statement.names) add(each.name);
    if (statement.kind !== 'import-from') return;
    const base = statement.level === 0 ? [] : folder.slice(0, folder.length - statement.level + 1);
    const from = [...base, ...(statement.module === '' ? [] : [statement.module])].join('.');
    if (from === '') return;
    add(from);
    for (const each of statement.names) add(`${from}.${each.name}`);
  });
  return found;
}
