/**
 * Chooses the Python files that are parsed: those that name a library of ours, then what these need to be understood
 * (packages' `__init__`, settings beside engines, constants), then those that use a model by name. The rest is never parsed.
 */
import { absoluteModule } from '../../python/modules/qualify.ts';
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

const constantsByFile = new WeakMap<SourceFile, readonly string[]>();

/**
 * Names of modules that may hold constants which a file needs: all that it imports where it makes an engine, since its
 * settings may stand there; of others those of which it uses a name in capitals, such as `queries.BY_NAME`.
 */
export function constantModules(file: SourceFile): readonly string[] {
  const known = constantsByFile.get(file);
  if (known !== undefined) return known;
  const isUsed = makesEngine(file.text) ? () => true : usesConstantsOf(file.text);
  const names = importedModules(file, isUsed);
  constantsByFile.set(file, names);
  return names;
}

/** Whether a name that the text imports is a constant, or has some. */
function usesConstantsOf(text: string): (name: string) => boolean {
  const owners = new Set<string>();
  for (const [, owner = ''] of text.matchAll(/\b(\w+)\.[A-Z][A-Z0-9_]*\b/g)) owners.add(owner);
  return name => owners.has(name) || /^_*[A-Z][A-Z0-9_]+$/.test(name);
}

/**
 * Absolute names of the modules that a file imports at its top level under names for which `isUsed`, with
 * `from x import y` as `x` and `x.y`. A star import has the name `*`.
 */
function importedModules(file: SourceFile, isUsed: (name: string) => boolean): readonly string[] {
  return file.module.body.flatMap(statement => {
    if (statement.kind !== 'import' && statement.kind !== 'import-from') return [];
    const used = statement.names.filter(each => isUsed(each.alias?.id ?? each.name.split('.').at(-1) ?? ''));
    if (statement.kind === 'import') return used.map(each => each.name);
    if (statement.star ? !isUsed('*') : used.length === 0) return [];
    const from = absoluteModule(statement, file);
    return from === null ? [] : [from, ...used.map(each => `${from}.${each.name}`)];
  });
}
