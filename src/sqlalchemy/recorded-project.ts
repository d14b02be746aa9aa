/** A linked project as one file's reading sees it, with a record of what that reading asked: see `recorded-modules.ts`. */

import { onDemandMap } from '../base/on-demand-map.ts';
import { isSameList } from '../base/same-list.ts';
import type { LinkedProject, Subclass } from './linked-project.ts';
import type { Model } from './model.ts';
import type { ModuleChange, ModuleView } from './module-view.ts';
import type { NameResolver } from './reading/site.ts';
import { type AskedListener, type AskedModules, recordModules } from './recorded-modules.ts';

export type Question =
  | { readonly kind: 'model'; readonly qualifiedName: string }
  | { readonly kind: 'table'; readonly name: string; readonly schema: string | null }
  | { readonly kind: 'join'; readonly model: Model; readonly relationship: string }
  | { readonly kind: 'subclasses'; readonly qualifiedName: string }
  | { readonly kind: 'models-named'; readonly name: string }
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
  /** The same for any version of the project. */
  holdsIn(view: ModuleView, linked: LinkedProject): boolean;
  /** Further questions stay with a version, whatever the holder goes on to. */
  detach(holder: VersionHolder): void;
}

/** Where questions go: to another version once that is there. */
export interface VersionHolder {
  readonly view: ModuleView;
  readonly linked: LinkedProject;
}

/** Told once of each question; by its key it is the same question for every file. */
export interface QuestionListener extends AskedListener {
  asked(key: string, question: Question): void;
}

export interface ProjectRecordingOptions {
  /** What an earlier reading of the same asked, whose answers hold. */
  readonly before?: RecordedSources | null;
  readonly listener?: QuestionListener;
}

export interface RecordedSources {
  /** Modules that answers came from. */
  readonly modules: AskedModules;
  /** Paths of files that were asked for whole. */
  readonly files: ReadonlySet<string>;
  /** Classes whose subclasses were asked for. */
  readonly bases: ReadonlySet<string>;
  /** Models that were asked for, by qualified name, also where there is none. */
  readonly models: ReadonlySet<string>;
  /** Tables whose model was asked for. */
  readonly tables: readonly (readonly [name: string, schema: string | null])[];
  /** Names whose models were asked for. */
  readonly called: ReadonlySet<string>;
  /** Paths of files whose models were asked for. */
  readonly declaring: ReadonlySet<string>;
  /** Whether something was asked of all models at once. */
  readonly allModels: boolean;
  /** Whether something was asked of all files at once. */
  readonly all: boolean;
}

export function recordProject(
  first: VersionHolder,
  { before = null, listener }: ProjectRecordingOptions = {},
): RecordedProject {
  let at = first;
  const modules = recordModules(first, { before: before?.modules, listener });
  const answered = new Map<string, Answered>();
  /** Those of them whose answers hold files, which are others after every edit. */
  const ofFiles = new Map<string, Answered>();
  const ask = <Answer>(question: Question, answer: Answer): Answer => {
    const key = questionKey(question);
    if (answered.has(key)) return answer;
    answered.set(key, { question, answer });
    if (isOfFiles(question)) ofFiles.set(key, { question, answer });
    listener?.asked(key, question);
    return answer;
  };
  const model = (qualifiedName: string) =>
    ask({ kind: 'model', qualifiedName }, at.linked.models.get(qualifiedName));
  const file = (path: string) => ask({ kind: 'file', path }, at.linked.files.get(path));
  /** Most want their names alone. */
  const opened = (subclass: Subclass, now: () => Subclass | undefined): Subclass => {
    const open = () => modules.open(subclass.file, subclass.node.name.id);
    return {
      qualifiedName: subclass.qualifiedName,
      get file() {
        return open();
      },
      get node() {
        open();
        return (now() ?? subclass).node;
      },
    };
  };
  const project: LinkedProject = {
    table: modules.table,
    definitionOf: qualifiedName => modules.names.definitionOf(qualifiedName),
    files: onDemandMap(file, () => ask({ kind: 'all-files' }, at.linked.files)),
    models: onDemandMap(model, () => ask({ kind: 'all-models' }, at.linked.models)),
    get engines() {
      return ask({ kind: 'engines' }, at.linked.engines);
    },
    get sessionFactories() {
      return ask({ kind: 'session-factories' }, at.linked.sessionFactories);
    },
    modelsOfFile: path => ask({ kind: 'models-of-file', path }, at.linked.modelsOfFile(path)),
    modelsNamed: name => ask({ kind: 'models-named', name }, at.linked.modelsNamed(name)),
    packagesOf: path => ask({ kind: 'packages', path }, at.linked.packagesOf(path)),
    modelOfTable: (name, schema) =>
      ask({ kind: 'table', name, schema }, at.linked.modelOfTable(name, schema)),
    subclassesOf(qualifiedName) {
      const found = at.linked.subclassesOf(qualifiedName);
      ask({ kind: 'subclasses', qualifiedName }, found);
      return found.map((subclass, index) =>
        opened(subclass, () => at.linked.subclassesOf(qualifiedName)[index]),
      );
    },
    joinOf: (of, relationship) =>
      ask({ kind: 'join', model: of, relationship }, at.linked.joinOf(of, relationship)),
  };
  return {
    project,
    names: modules.names,
    get sources() {
      return sourcesOf(answered.values(), modules.asked, before);
    },
    holds(change, now, linkedAlike) {
      if (change !== null && !modules.holds(change)) return false;
      return isAnsweredAlike((linkedAlike ? ofFiles : answered).values(), now);
    },
    holdsIn(now, project) {
      return modules.holdsIn(now) && isAnsweredAlike(answered.values(), project);
    },
    detach(holder) {
      modules.detach(holder);
      at = holder;
    },
  };
}

/** The same for the same question, whoever asks it. */
export function questionKey(question: Question): string {
  switch (question.kind) {
    case 'model':
    case 'subclasses':
      return `${question.kind} ${question.qualifiedName}`;
    case 'table':
      return `table ${question.schema ?? ''}.${question.name}`;
    case 'join':
      return `join ${question.model.qualifiedName} ${question.relationship}`;
    case 'models-named':
      return `${question.kind} ${question.name}`;
    case 'models-of-file':
    case 'packages':
    case 'file':
      return `${question.kind} ${question.path}`;
    default:
      return question.kind;
  }
}

/** Whether the answer holds files, which are others after every edit. */
function isOfFiles({ kind }: Question): boolean {
  return kind === 'subclasses' || kind === 'all-files' || kind === 'file';
}

/** Whether both versions give the same answer. */
export function isAnsweredAlikeIn(question: Question, before: LinkedProject, now: LinkedProject): boolean {
  return isSameAnswer(question, answerTo(question, before), answerTo(question, now));
}

function isAnsweredAlike(answered: Iterable<Answered>, now: LinkedProject): boolean {
  for (const { question, answer } of answered)
    if (!isSameAnswer(question, answer, answerTo(question, now))) return false;
  return true;
}

function isSameAnswer(question: Question, before: unknown, now: unknown): boolean {
  if (before === now) return true;
  if (question.kind === 'models-named')
    return isSameList(before as readonly Model[], now as readonly Model[]);
  if (question.kind !== 'subclasses') return false;
  const [one, two] = [before as readonly Subclass[], now as readonly Subclass[]];
  return (
    one.length === two.length &&
    one.every(({ qualifiedName }, index) => two[index]?.qualifiedName === qualifiedName)
  );
}

function sourcesOf(
  answered: Iterable<Answered>,
  asked: AskedModules,
  before: RecordedSources | null,
): RecordedSources {
  const files = new Set(before?.files);
  const bases = new Set(before?.bases);
  const models = new Set(before?.models);
  const tables = [...(before?.tables ?? [])];
  const called = new Set(before?.called);
  const declaring = new Set(before?.declaring);
  let all = before?.all ?? false;
  let allModels = before?.allModels ?? false;
  for (const { question } of answered) {
    switch (question.kind) {
      case 'model':
        models.add(question.qualifiedName);
        break;
      case 'join':
        models.add(question.model.qualifiedName);
        break;
      case 'table':
        tables.push([question.name, question.schema]);
        break;
      case 'models-named':
        called.add(question.name);
        break;
      case 'models-of-file':
        declaring.add(question.path);
        break;
      case 'all-models':
        allModels = true;
        break;
      case 'subclasses':
        bases.add(question.qualifiedName);
        break;
      case 'all-files':
        all = true;
        break;
      case 'file':
        files.add(question.path);
        break;
    }
  }
  return { modules: asked, files, bases, models, tables, called, declaring, allModels, all };
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
    case 'models-named':
      return linked.modelsNamed(question.name);
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
