/** Engines and session factories of all files, each file's kept until something that they were read from changes. */
import { keepSameItems } from '../../base/keep-equal.ts';
import { FileReadings } from '../file-readings.ts';
import type { ModuleView } from '../module-view.ts';
import type { RecordedModules } from '../recorded-modules.ts';
import { mentionsEngines, type ReadEngines, readEngines } from './read-engines.ts';

interface EngineReading {
  /** Null where nothing was asked. */
  readonly modules: RecordedModules | null;
  readonly read: ReadEngines;
}

const none: ReadEngines = { engines: [], sessionFactories: [] };

/** Has a lifetime: it goes on with each version of a project. */
export class EngineReadings {
  readonly #readings: FileReadings<EngineReading>;
  #all: ReadEngines;

  constructor(view: ModuleView) {
    this.#readings = new FileReadings(view, (file, record) => {
      if (!mentionsEngines(file)) return { modules: null, read: none };
      const modules = record();
      return { modules, read: readEngines(file, modules.names) };
    });
    this.#all = this.#together(none);
  }

  /** Of the version that it went on to last: the same lists for as long as they hold the same. */
  get all(): ReadEngines {
    return this.#all;
  }

  moveTo(view: ModuleView): void {
    const { reread, reordered } = this.#readings.moveTo(view);
    if (reordered || reread.some(({ before, now }) => !isNone(before) || !isNone(now)))
      this.#all = this.#together(this.#all);
  }

  #together(before: ReadEngines): ReadEngines {
    const all = [...this.#readings.values()].map(({ read }) => read);
    return {
      engines: keepSameItems(
        before.engines,
        all.flatMap(({ engines }) => engines),
      ),
      sessionFactories: keepSameItems(
        before.sessionFactories,
        all.flatMap(({ sessionFactories }) => sessionFactories),
      ),
    };
  }
}

function isNone(reading: EngineReading | undefined): boolean {
  return reading === undefined || reading.read.engines.length + reading.read.sessionFactories.length === 0;
}
