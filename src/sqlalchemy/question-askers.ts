/** Which readings asked what of a linked project: an edit visits those whose answers are others. Readings are named by their paths. */
import { PathGroups } from '../base/path-groups.ts';
import type { LinkedProject } from './linked-project.ts';
import { ModuleAskers } from './module-askers.ts';
import { type ModuleChange, replacedPaths } from './module-view.ts';
import type { SourceFile } from './project.ts';
import { isAnsweredAlikeIn, type Question, questionKey } from './project-question.ts';
import type { QuestionListener } from './recorded-project.ts';

/** From one version to the next. */
export interface ProjectChange {
  /** Null where all modules are as they were. */
  readonly modules: ModuleChange | null;
  /** Classes whose subclasses may be others; null where it may be any. */
  readonly bases: ReadonlySet<string> | null;
  /** Whether models, engines and packages are those before, so that all answers about them are the same. */
  readonly linkedAlike: boolean;
}

export class QuestionAskers {
  readonly #modules = new ModuleAskers();
  /** By key. */
  readonly #asked = new Map<string, Question>();
  /** By the key of a question. */
  readonly #askers = new PathGroups();

  /** Notes for the reading of the file. What was noted stays: who asks once may ask again. */
  listenerOf(file: SourceFile): QuestionListener {
    const modules = this.#modules.listenerOf(file);
    return {
      read: module => modules.read(module),
      named: module => modules.named(module),
      asked: (key, question) => {
        if (!this.#asked.has(key)) this.#asked.set(key, question);
        this.#askers.add(key, file.path);
      },
    };
  }

  /** Paths of readings that may not hold any more, besides those of the replaced files; where modules have their names. */
  touchedBy(change: ProjectChange, before: LinkedProject, now: LinkedProject): ReadonlySet<string> {
    const touched = new Set(change.modules === null ? [] : this.#modules.touchedBy(change.modules));
    for (const [key, question] of this.#inDoubt(change))
      if (!isAnsweredAlikeIn(question, before, now))
        for (const path of this.#askers.of(key)) touched.add(path);
    return touched;
  }

  /** Where nothing is different but code, that are few. */
  #inDoubt({ modules, bases, linkedAlike }: ProjectChange): Iterable<readonly [string, Question]> {
    if (!linkedAlike || bases === null) return this.#asked;
    const replaced = modules === null ? [] : replacedPaths(modules);
    const questions: readonly Question[] = [
      { kind: 'all-files' },
      ...[...bases].map(qualifiedName => ({ kind: 'subclasses', qualifiedName }) as const),
      ...replaced.map(path => ({ kind: 'file', path }) as const),
    ];
    return questions.map(question => [questionKey(question), question] as const);
  }
}
