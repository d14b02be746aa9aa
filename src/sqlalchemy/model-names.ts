/** The names of a project's models, without what it takes to link them: for choosing the files that use one. */
import { FileDrafts } from './models/file-drafts.ts';
import type { ModuleView } from './module-view.ts';

/** Has a lifetime: it goes on with each version of a project. */
export class ModelNames {
  readonly #read: FileDrafts<string>;
  #declared: readonly string[];
  #names: ReadonlySet<string>;

  constructor(view: ModuleView) {
    this.#read = new FileDrafts(view, ({ name }) => name);
    this.#declared = this.#read.drafts;
    this.#names = new Set(this.#declared);
  }

  /** Of classes and tables, without their modules. The same set for as long as it has the same names. */
  get names(): ReadonlySet<string> {
    return this.#names;
  }

  moveTo(view: ModuleView): void {
    this.#read.moveTo(view);
    const { drafts } = this.#read;
    if (drafts === this.#declared) return;
    this.#declared = drafts;
    const names = new Set(drafts);
    const isSame = names.size === this.#names.size && [...names].every(name => this.#names.has(name));
    if (!isSame) this.#names = names;
  }
}
