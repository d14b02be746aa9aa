/**
 * Chooses the Python files that are parsed: those that name a library of ours, then what these need to be understood
 * (packages' `__init__`, settings beside engines), then those that use a model by name. The rest is never parsed.
 */
import type { Module } from '../../python/syntax.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import { makesEngine, mentionsLibrary } from './relevance.ts';
import { capitalWords, noWords, type WordSet } from './word-set.ts';

/** What the choice needs to know of a file: its text need not be kept for it. */
export interface SourceOutline {
  /** First choice, by the text alone: it names a library of ours, or is a package's `__init__` with imports. */
  readonly mentionsUs: boolean;
  /** Words that can be names of models; none where the file is chosen anyway. */
  readonly words: WordSet;
}

/** The text search of one file: done once a text, not once a snapshot. */
export function outlineSource(path: string, text: string): SourceOutline {
  const isChosen = mentionsUs(path, text);
  return { mentionsUs: isChosen, words: isChosen ? noWords : capitalWords(text) };
}

export function mentionsUs(path: string, text: string): boolean {
  const reExports = path.endsWith('/__init__.py') && /^\s*(from|import)\s/m.test(text);
  return reExports || mentionsLibrary(text);
}

const settingsByFile = new WeakMap<SourceFile, readonly string[]>();

/** Module names that a file which makes an engine imports: its settings may stand there. */
export function settingsModules(file: SourceFile): readonly string[] {
  const known = settingsByFile.get(file);
  if (known !== undefined) return known;
  const names = makesEngine(file.text) ? importedModules(file.name, file.path, file.module) : [];
  settingsByFile.set(file, names);
  return names;
}

/** Absolute names of the modules that a file imports at its top level, with `from x import y` as `x` and `x.y`. */
function importedModules(name: string, path: string, module: Module): readonly string[] {
  const folder = path.endsWith('/__init__.py') ? name.split('.') : name.split('.').slice(0, -1);
  return module.body.flatMap(statement => {
    if (statement.kind === 'import') return statement.names.map(each => each.name);
    if (statement.kind !== 'import-from') return [];
    const base = statement.level === 0 ? [] : folder.slice(0, folder.length - statement.level + 1);
    const from = [...base, ...(statement.module === '' ? [] : [statement.module])].join('.');
    return [from, ...statement.names.map(each => `${from}.${each.name}`)];
  });
}
