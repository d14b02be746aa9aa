/** A linked project as one file's reading sees it, with a record of what that reading asked: see `recorded-modules.ts`. */

import { onDemandMap } from '../base/on-demand-map.ts';
import type { NamedModules } from '../python/modules/modules.ts';
import type { PackageFacts } from '../python/packages/packages.ts';
import type { Definition, LinkedProject, RelationshipJoin, Subclass } from './linked-project.ts';
import type { Model } from './model.ts';
import type { ModuleChange, ModuleView } from './module-view.ts';
import { answerTo, isOfFiles, isSameAnswer, type Question, questionKey } from './project-question.ts';
import type { NameResolver } from './reading/site.ts';
import {
  type AskedListener,
  type AskedModules,
  type RecordedModules,
  recordModules,
} from './recorded-modules.ts';

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
  /** Lets go of what makes further questions cheaper. */
  rest(): void;
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

/** Without repetitions: lists take a third of the memory of sets, and some are kept of every file. */
export interface RecordedSources {
  /** Modules that answers came from. */
  readonly modules: AskedModules;
  /** Paths of files that were asked for whole. */
  readonly files: readonly string[];
  /** Classes whose subclasses were asked for. */
  readonly bases: readonly string[];
  /** Models that were asked for, by qualified name, also where there is none. */
  readonly models: readonly string[];
  /** Tables whose model was asked for. */
  readonly tables: readonly (readonly [name: string, schema: string | null])[];
  /** Names whose models were asked for. */
  readonly called: readonly string[];
  /** Paths of files whose models were asked for. */
  readonly declaring: readonly string[];
  /** Whether something was asked of all models at once. */
  readonly allModels: boolean;
  /** Whether something was asked of all files at once. */
  readonly all: boolean;
}

export function recordProject(first: VersionHolder, options: ProjectRecordingOptions = {}): RecordedProject {
  return new ProjectRecording(first, options);
}

/** All of it in one object: one is made of every file with facts, and kept. */
class ProjectRecording implements RecordedProject, LinkedProject {
  #at: VersionHolder;
  readonly #before: RecordedSources | null;
  readonly #listener: QuestionListener | undefined;
  readonly #modules: RecordedModules;
  readonly #answered = new Map<string, Answered>();
  /** Those of so many answers: every file whose flow was read from this one keeps them. */
  #sources: { readonly answers: number; readonly whole: RecordedSources } | null = null;
  #files: LinkedProject['files'] | null = null;
  #models: LinkedProject['models'] | null = null;

  constructor(at: VersionHolder, { before = null, listener }: ProjectRecordingOptions) {
    this.#at = at;
    this.#before = before;
    this.#listener = listener;
    this.#modules = recordModules(at, { before: before?.modules, listener });
  }

  get project(): LinkedProject {
    return this;
  }

  get names(): NameResolver {
    return this.#modules.names;
  }

  get sources(): RecordedSources {
    const { asked } = this.#modules;
    const answers = this.#answered.size;
    if (this.#sources?.answers !== answers || this.#sources.whole.modules !== asked)
      this.#sources = { answers, whole: sourcesOf(this.#answered.values(), asked, this.#before) };
    return this.#sources.whole;
  }

  holds(change: ModuleChange | null, now: LinkedProject, linkedAlike: boolean): boolean {
    if (change !== null && !this.#modules.holds(change)) return false;
    return isAnsweredAlike(this.#answered.values(), now, linkedAlike);
  }

  holdsIn(now: ModuleView, project: LinkedProject): boolean {
    return this.#modules.holdsIn(now) && isAnsweredAlike(this.#answered.values(), project, false);
  }

  detach(holder: VersionHolder): void {
    this.#modules.detach(holder);
    this.#at = holder;
  }

  rest(): void {
    this.#modules.rest();
    // What is known of the tables of these models is as large as the models.
    this.#models = null;
  }

  get table(): NamedModules {
    return this.#modules.table;
  }

  definitionOf(qualifiedName: string): Definition | null {
    return this.#modules.names.definitionOf(qualifiedName);
  }

  get files(): LinkedProject['files'] {
    this.#files ??= onDemandMap(
      path => this.#ask({ kind: 'file', path }, this.#at.linked.files.get(path)),
      () => this.#ask({ kind: 'all-files' }, this.#at.linked.files),
    );
    return this.#files;
  }

  get models(): LinkedProject['models'] {
    this.#models ??= onDemandMap(
      qualifiedName => this.#ask({ kind: 'model', qualifiedName }, this.#at.linked.models.get(qualifiedName)),
      () => this.#ask({ kind: 'all-models' }, this.#at.linked.models),
    );
    return this.#models;
  }

  get engines(): LinkedProject['engines'] {
    return this.#ask({ kind: 'engines' }, this.#at.linked.engines);
  }

  get sessionFactories(): LinkedProject['sessionFactories'] {
    return this.#ask({ kind: 'session-factories' }, this.#at.linked.sessionFactories);
  }

  modelsOfFile(path: string): readonly Model[] {
    return this.#ask({ kind: 'models-of-file', path }, this.#at.linked.modelsOfFile(path));
  }

  modelsNamed(name: string): readonly Model[] {
    return this.#ask({ kind: 'models-named', name }, this.#at.linked.modelsNamed(name));
  }

  packagesOf(path: string): PackageFacts {
    return this.#ask({ kind: 'packages', path }, this.#at.linked.packagesOf(path));
  }

  modelOfTable(name: string, schema: string | null): Model | null {
    return this.#ask({ kind: 'table', name, schema }, this.#at.linked.modelOfTable(name, schema));
  }

  subclassesOf(qualifiedName: string): readonly Subclass[] {
    const found = this.#at.linked.subclassesOf(qualifiedName);
    this.#ask({ kind: 'subclasses', qualifiedName }, found);
    return found.map((subclass, index) =>
      this.#opened(subclass, () => this.#at.linked.subclassesOf(qualifiedName)[index]),
    );
  }

  joinOf(of: Model, relationship: string): RelationshipJoin | null {
    return this.#ask({ kind: 'join', model: of, relationship }, this.#at.linked.joinOf(of, relationship));
  }

  #ask<Answer>(question: Question, answer: Answer): Answer {
    const key = questionKey(question);
    if (this.#answered.has(key)) return answer;
    this.#answered.set(key, { question, answer });
    this.#listener?.asked(key, question);
    return answer;
  }

  /** Most want their names alone. */
  #opened(subclass: Subclass, now: () => Subclass | undefined): Subclass {
    const open = () => this.#modules.open(subclass.file, subclass.node.name.id);
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
  }
}

/** `linkedAlike`: where only the answers that hold files may be others. */
function isAnsweredAlike(answered: Iterable<Answered>, now: LinkedProject, linkedAlike: boolean): boolean {
  for (const { question, answer } of answered)
    if (!(linkedAlike && !isOfFiles(question)) && !isSameAnswer(question, answer, answerTo(question, now)))
      return false;
  return true;
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
  return {
    modules: asked,
    files: [...files],
    bases: [...bases],
    models: [...models],
    tables,
    called: [...called],
    declaring: [...declaring],
    allModels,
    all,
  };
}
