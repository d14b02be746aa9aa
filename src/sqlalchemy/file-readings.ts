/**
 * What is read of each file of a project by itself, from one version to the next: an edit visits the files that it
 * replaced, and those whose readings asked these. Has a lifetime: it goes on with each version, and holds no earlier one.
 */
import { ModuleAskers } from './module-askers.ts';
import { changeBetween, type ModuleChange, type ModuleView, replacedPaths } from './module-view.ts';
import type { SourceFile } from './project.ts';
import { type RecordedModules, recordModules } from './recorded-modules.ts';

export interface FileReading {
  /** Null where nothing was asked. */
  readonly modules: RecordedModules | null;
}

/** What became of the readings from one version to the next. */
export interface ReadingsChange<Reading> {
  /** Those that are others than before, with those before; either is missing where the file came or went. */
  readonly reread: readonly { readonly before: Reading | undefined; readonly now: Reading | undefined }[];
  /** Whether files may have come, gone, or changed places. */
  readonly reordered: boolean;
}

export type ReadFile<Reading> = (file: SourceFile, record: () => RecordedModules) => Reading;

interface Kept<Reading> {
  readonly file: SourceFile;
  readonly reading: Reading;
}

export class FileReadings<Reading extends FileReading> {
  readonly #askers = new ModuleAskers();
  readonly #readings = new Map<string, Kept<Reading>>();
  readonly #at: { view: ModuleView };
  readonly #read: ReadFile<Reading>;

  constructor(view: ModuleView, read: ReadFile<Reading>) {
    this.#at = { view };
    this.#read = read;
    for (const file of view.byPath.values()) this.#readAnew(file);
  }

  /** Of all files in their order. */
  *values(): Generator<Reading> {
    for (const path of this.#at.view.byPath.keys()) {
      const known = this.#readings.get(path);
      if (known) yield known.reading;
    }
  }

  /**
   * Goes on to another version. Readings that hold there answer from it from now on, the others from the one before.
   * `holds`: what has to be so besides, asked of every reading.
   */
  moveTo(view: ModuleView, holds?: (reading: Reading) => boolean): ReadingsChange<Reading> {
    const before = this.#at.view;
    const change = changeBetween(before, view);
    this.#at.view = view;
    const gone = [...this.#touched(view, change, holds)].filter(
      path => !this.#holds(path, view, change, holds),
    );
    const reread = gone.map(path => {
      const known = this.#readings.get(path)?.reading;
      known?.modules?.detach({ view: before });
      this.#readings.delete(path);
      const file = view.byPath.get(path);
      return { before: known, now: file && this.#readAnew(file) };
    });
    return { reread, reordered: before.byPath.keysApart(view.byPath) === null };
  }

  #touched(
    view: ModuleView,
    change: ModuleChange | null,
    holds: ((reading: Reading) => boolean) | undefined,
  ): Iterable<string> {
    if (holds !== undefined || change?.sameNames === false)
      return new Set([...this.#readings.keys(), ...view.byPath.keys()]);
    if (change === null) return [];
    return new Set([...replacedPaths(change), ...this.#askers.touchedBy(change)]);
  }

  #holds(
    path: string,
    view: ModuleView,
    change: ModuleChange | null,
    holds: ((reading: Reading) => boolean) | undefined,
  ): boolean {
    const known = this.#readings.get(path);
    if (known === undefined || view.byPath.get(path) !== known.file) return false;
    const { reading } = known;
    return (
      (change === null || reading.modules === null || reading.modules.holds(change)) &&
      (holds === undefined || holds(reading))
    );
  }

  #readAnew(file: SourceFile): Reading {
    const record = () => recordModules(this.#at, { listener: this.#askers.listenerOf(file) });
    const reading = this.#read(file, record);
    reading.modules?.rest();
    this.#readings.set(file.path, { file, reading });
    return reading;
  }
}
