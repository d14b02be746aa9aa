/** Which readings asked which modules: an edit visits those that asked the module that it is in. Readings are named by their paths. */
import type { ModuleChange } from './module-view.ts';
import type { AskedListener } from './recorded-modules.ts';

export class ModuleAskers {
  readonly #readers = new Map<string, Set<string>>();
  readonly #namers = new Map<string, Set<string>>();

  /** Notes for the reading at the path. What was noted stays: who asks once may ask again. */
  listenerOf(path: string): AskedListener {
    return {
      read: module => note(this.#readers, module, path),
      named: module => note(this.#namers, module, path),
    };
  }

  /** Paths of readings that may not hold any more, besides those of the replaced files themselves; where modules have their names. */
  touchedBy({ replaced, resurfaced }: ModuleChange): ReadonlySet<string> {
    const touched = new Set<string>();
    for (const module of replaced) for (const path of this.#readers.get(module) ?? []) touched.add(path);
    for (const module of resurfaced) for (const path of this.#namers.get(module) ?? []) touched.add(path);
    return touched;
  }
}

function note(askers: Map<string, Set<string>>, module: string, path: string): void {
  const known = askers.get(module);
  if (known) known.add(path);
  else askers.set(module, new Set([path]));
}
