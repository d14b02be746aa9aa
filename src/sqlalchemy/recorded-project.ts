/** A linked project as one file's reading sees it, with a record of what that reading asked: see `recorded-modules.ts`. */

import type { ModuleEntry } from '../python/modules.ts';
import type { LinkedProject } from './linked-project.ts';
import type { Model } from './model.ts';
import type { SourceFile } from './project.ts';
import type { NameResolver } from './reading/site.ts';
import { type ModuleChange, type ModuleView, recordModules } from './recorded-modules.ts';

type Question =
  | { readonly kind: 'model'; readonly qualifiedName: string }
  | { readonly kind: 'table'; readonly name: string; readonly schema: string | null }
  | { readonly kind: 'join'; readonly model: Model; readonly relationship: string }
  | { readonly kind: 'subclasses'; readonly qualifiedName: string }
  | { readonly kind: 'models-of-file' | 'packages' | 'file'; readonly path: string }
  | { readonly kind: 'all-models' | 'all-files' | 'engines' | 'session-factories' };

interface Answered {
  readonly question: Question;
  readonly answer: unknown;
}

export interface RecordedProject {
  readonly project: LinkedProject;
  readonly names: NameResolver;
  /** Whom it asked so far. */
  readonly sources: RecordedSources;
  /**
   * Whether every answer would be given again; `change` is null where all modules are as they were. `linkedAlike`: where
   * models, engines and packages are those that were asked about, so that these answers are the same.
   */
  holds(change: ModuleChange | null, linked: LinkedProject, linkedAlike: boolean): boolean;
}

export interface RecordedSources {
  /** Modules that answers came from. */
  readonly modules: ReadonlySet<ModuleEntry>;
  /** Classes whose subclasses were asked for. */
  readonly bases: ReadonlySet<string>;
  /** Whether something was asked of all files at once. */
  readonly all: boolean;
}

/** `before`: what an earlier reading of the same asked, whose answers hold. */
export function recordProject(
  linked: LinkedProject,
  view: ModuleView,
  before: RecordedSources | null = null,
): RecordedProject {
  const modules = recordModules(view, before?.modules);
  const answered = new Map<string, Answered>();
  /** Those of them whose answers hold files, which are others after every edit. */
  const ofFiles = new Map<string, Answered>();
  const ask = <Answer>(question: Question, key: string, answer: Answer): Answer => {
    if (answered.has(key)) return answer;
    answered.set(key, { question, answer });
    if (question.kind === 'subclasses' || question.kind === 'all-files' || question.kind === 'file')
      ofFiles.set(key, { question, answer });
    return answer;
  };
  const model = (qualifiedName: string) =>
    ask({ kind: 'model', qualifiedName }, `m ${qualifiedName}`, linked.models.get(qualifiedName));
  const file = (path: string) => ask({ kind: 'file', path }, `o ${path}`, linked.files.get(path));
  const project: LinkedProject = {
    table: modules.table,
    definitionOf: modules.names.definitionOf,
    files: recordedMap(file, () => ask({ kind: 'all-files' }, 'files', linked.files)),
    models: recordedMap(model, () => ask({ kind: 'all-models' }, 'models', linked.models)),
    get engines() {
      return ask({ kind: 'engines' }, 'engines', linked.engines);
    },
    get sessionFactories() {
      return ask({ kind: 'session-factories' }, 'factories', linked.sessionFactories);
    },
    modelsOfFile: path => ask({ kind: 'models-of-file', path }, `f ${path}`, linked.modelsOfFile(path)),
    packagesOf: path => ask({ kind: 'packages', path }, `p ${path}`, linked.packagesOf(path)),
    modelOfTable: (name, schema) =>
      ask({ kind: 'table', name, schema }, `t ${schema ?? ''}.${name}`, linked.modelOfTable(name, schema)),
    subclassesOf: qualifiedName =>
      ask({ kind: 'subclasses', qualifiedName }, `s ${qualifiedName}`, linked.subclassesOf(qualifiedName)),
    joinOf: (of, relationship) =>
      ask(
        { kind: 'join', model: of, relationship },
        `j ${of.qualifiedName} ${relationship}`,
        linked.joinOf(of, relationship),
      ),
  };
  return {
    project,
    names: modules.names,
    get sources() {
      return sourcesOf(answered.values(), modules.asked, before);
    },
    holds(change, now, linkedAlike) {
      if (change !== null && !modules.holds(change)) return false;
      for (const { question, answer } of (linkedAlike ? ofFiles : answered).values())
        if (answerTo(question, now) !== answer) return false;
      return true;
    },
  };
}

function sourcesOf(
  answered: Iterable<Answered>,
  asked: ReadonlySet<ModuleEntry>,
  before: RecordedSources | null,
): RecordedSources {
  const modules = new Set(asked);
  const bases = new Set(before?.bases);
  let all = before?.all ?? false;
  for (const { question, answer } of answered) {
    if (question.kind === 'subclasses') bases.add(question.qualifiedName);
    if (question.kind === 'all-files') all = true;
    if (question.kind === 'file' && answer) modules.add(answer as SourceFile);
  }
  return { modules, bases, all };
}

function answerTo(question: Question, linked: LinkedProject): unknown {
  switch (question.kind) {
    case 'model':
      return linked.models.get(question.qualifiedName);
    case 'table':
      return linked.modelOfTable(question.name, question.schema);
    case 'join':
      return linked.joinOf(question.model, question.relationship);
    case 'subclasses':
      return linked.subclassesOf(question.qualifiedName);
    case 'file':
      return linked.files.get(question.path);
    case 'models-of-file':
      return linked.modelsOfFile(question.path);
    case 'packages':
      return linked.packagesOf(question.path);
    case 'all-models':
      return linked.models;
    case 'all-files':
      return linked.files;
    case 'engines':
      return linked.engines;
    case 'session-factories':
      return linked.sessionFactories;
  }
}

/** Single ones are asked for one by one; a walk over all of them depends on all of them. */
function recordedMap<Item>(
  get: (key: string) => Item | undefined,
  all: () => ReadonlyMap<string, Item>,
): ReadonlyMap<string, Item> {
  return {
    get,
    has: key => get(key) !== undefined,
    get size() {
      return all().size;
    },
    forEach: (visit, receiver) => all().forEach(visit, receiver),
    entries: () => all().entries(),
    keys: () => all().keys(),
    values: () => all().values(),
    [Symbol.iterator]: () => all()[Symbol.iterator](),
  };
}
