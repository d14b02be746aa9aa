/** The modules that a file's imports load, wherever in it they stand. */
import { lastName } from '../last-name.ts';
import type { Call, Expression, Module } from '../syntax.ts';
import { walkExpressions, walkStatements } from '../walk.ts';
import type { ModuleEntry } from './modules.ts';
import { absoluteModule } from './qualify.ts';

export interface ImportedModules {
  /** Surely modules, with the packages above each. */
  readonly loaded: ReadonlySet<string>;
  /** `a.b.c` of `from a.b import c`: a module, or a name in one. */
  readonly possible: ReadonlySet<string>;
  /** `a.b` of `from a.b import *`: of a package, the modules that its `__all__` lists. */
  readonly starred: ReadonlySet<string>;
  /** Whether it loads others whose names only running it tells: `import_module(name)`. */
  readonly open: boolean;
}

/** What loads a module by its name as a value, or by its file. */
const loaders: ReadonlySet<string> = new Set([
  'import_module',
  '__import__',
  'spec_from_file_location',
  'exec_module',
  'SourceFileLoader',
]);

/** Absolute names. */
export function importedModules(
  module: Module,
  importer: Pick<ModuleEntry, 'name' | 'path'>,
): ImportedModules {
  const loaded = new Set<string>();
  const possible = new Set<string>();
  const starred = new Set<string>();
  const load = (dotted: string) => {
    const parts = dotted.split('.');
    for (let length = 1; length <= parts.length; length++) loaded.add(parts.slice(0, length).join('.'));
  };
  walkStatements(module, statement => {
    if (statement.kind === 'import') for (const each of statement.names) load(each.name);
    if (statement.kind !== 'import-from') return;
    const from = absoluteModule(statement, importer);
    if (from === null || from === '') return;
    load(from);
    if (statement.star) starred.add(from);
    for (const each of statement.names) possible.add(`${from}.${each.name}`);
  });
  const named = new Set<Expression>();
  let open = false;
  walkExpressions(module, expression => {
    const written = expression.kind === 'call' ? moduleLoadedBy(expression) : null;
    if (expression.kind === 'call' && written !== null) {
      named.add(expression.function);
      load(written);
    } else if (!named.has(expression) && loaders.has(lastName(expression) ?? '')) open = true;
  });
  return { loaded, possible, starred, open };
}

/** The absolute name in `importlib.import_module("app.models")`; null for all other calls. */
export function moduleLoadedBy(call: Call): string | null {
  if (!loaders.has(lastName(call.function) ?? '')) return null;
  const [only, ...others] = call.arguments;
  const written = only?.value.kind === 'string' && others.length === 0 ? only.value.value : null;
  return written === null || written.startsWith('.') ? null : written;
}
