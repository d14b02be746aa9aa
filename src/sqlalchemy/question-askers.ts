/** Which readings asked what of a linked project: an edit visits those whose answers are others. Readings are named by their paths. */
import type { LinkedProject } from './linked-project.ts';
import { ModuleAskers } from './module-askers.ts';
import type { ModuleChange, ModuleView } from './module-view.ts';
import { isAnsweredAlikeIn, type Question, type QuestionListener, questionKey } from './recorded-project.ts';

/** From one version to the next. */
export interface ProjectChange {
  /** Null where all modules are as they were. */
  readonly modules: ModuleChange | null;
  /** Classes whose subclasses may be others; null where it may be any. */
  readonly bases: ReadonlySet<string> | null;
  /** Whether models, engines and packages are those before, so that all answers about them are the same. */
  readonly linkedAlike: boolean;
}

interface Asked {
  readonly question: Question;
  readonly askers: Set<string>;
}

export class QuestionAskers {
  readonly #modules = new ModuleAskers();
  readonly #asked = new Map<string, Asked>();

  /** Notes for the reading at the path. What was noted stays: who asks once may ask again. */
  listenerOf(path: string): QuestionListener {
    return {
      ...this.#modules.listenerOf(path),
      asked: (key, question) => {
        const known = this.#asked.get(key);
        if (known) known.askers.add(path);
        else this.#asked.set(key, { question, askers: new Set([path]) });
      },
    };
  }

  /** Paths of readings that may not hold any more, besides those of the replaced files; where modules have their names. */
  touchedBy(
    change: ProjectChange,
    view: ModuleView,
    before: LinkedProject,
    now: LinkedProject,
  ): ReadonlySet<string> {
    const touched = new Set(change.modules === null ? [] : this.#modules.touchedBy(change.modules));
    for (const { question, askers } of this.#inDoubt(change, view))
      if (!isAnsweredAlikeIn(question, before, now)) for (const path of askers) touched.add(path);
    return touched;
  }

  /** Where nothing is different but code, that are few. */
  #inDoubt({ modules, bases, linkedAlike }: ProjectChange, view: ModuleView): Iterable<Asked> {
    if (!linkedAlike || bases === null) return this.#asked.values();
    const questions: Question[] = [
      { kind: 'all-files' },
      ...[...bases].map(qualifiedName => ({ kind: 'subclasses', qualifiedName }) as const),
    ];
    for (const name of modules?.replaced ?? []) {
      const path = view.files.get(name)?.path;
      if (path !== undefined) questions.push({ kind: 'file', path });
    }
    return questions.flatMap(question => this.#asked.get(questionKey(question)) ?? []);
  }
}
