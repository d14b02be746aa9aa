/** Which readings asked which modules: an edit visits those that asked the module that it is in. Readings are named by their paths. */
import { PathGroups } from '../base/path-groups.ts';
import type { ModuleChange } from './module-view.ts';
import type { SourceFile } from './project.ts';
import type { AskedListener } from './recorded-modules.ts';

export class ModuleAskers {
  readonly #readers = new PathGroups();
  readonly #namers = new PathGroups();

  /** Notes for the reading of the file. What was noted stays: who asks once may ask again. */
  listenerOf({ path, name }: SourceFile): AskedListener {
    return new Asker({ path, name }, this.#readers, this.#namers);
  }

  /** Paths of readings that may not hold any more, besides those of the replaced files themselves; where modules have their names. */
  touchedBy({ replaced, resurfaced }: ModuleChange): ReadonlySet<string> {
    const touched = new Set<string>();
    for (const module of replaced) for (const path of this.#readers.of(module)) touched.add(path);
    for (const module of resurfaced) for (const path of this.#namers.of(module)) touched.add(path);
    return touched;
  }
}

/** One is kept of every file, by several kinds of readings: a method of a class is no object of each of them. */
class Asker implements AskedListener {
  readonly #path: string;
  readonly #name: string;
  readonly #readers: PathGroups;
  readonly #namers: PathGroups;

  constructor({ path, name }: Pick<SourceFile, 'path' | 'name'>, readers: PathGroups, namers: PathGroups) {
    this.#path = path;
    this.#name = name;
    this.#readers = readers;
    this.#namers = namers;
  }

  // What a file asks of itself needs no note: it is read again when it is replaced.
  read(module: string): void {
    if (module !== this.#name) this.#readers.add(module, this.#path);
  }

  named(module: string): void {
    if (module !== this.#name) this.#namers.add(module, this.#path);
  }
}
