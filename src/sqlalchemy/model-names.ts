/** The names of a project's models, without what it takes to link them: for choosing the files that use one. */
import { FileDrafts } from './models/file-drafts.ts';
import type { ModuleView } from './module-view.ts';

/** Has a lifetime: it goes on with each version of a project. */
export class ModelNames {
  readonly #read: FileDrafts;
  #drafts: FileDrafts['drafts'];
  #names: ReadonlySet<string>;

  constructor(view: ModuleView) {
    this.#read = new FileDrafts(view);
    this.#drafts = this.#read.drafts;
    this.#names = namesOf(this.#drafts);
  }

  /** Of classes and tables, without their modules. The same set for as long as it has the same names. */
  get names(): ReadonlySet<string> {
    return this.#names;
  }

  moveTo(view: ModuleView): void {
    this.#read.moveTo(view);
    const { drafts } = this.#read;
    if (drafts === this.#drafts) return;
    this.#drafts = drafts;
    const names = namesOf(drafts);
    const isSame = names.size === this.#names.size && [...names].every(name => this.#names.has(name));
    if (!isSame) this.#names = names;
  }
}

function namesOf(drafts: FileDrafts['drafts']): ReadonlySet<string> {
  return new Set(drafts.map(({ name }) => name));
}
