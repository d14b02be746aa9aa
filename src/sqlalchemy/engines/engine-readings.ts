/** Engines and session factories of all files, each file's kept until something that they were read from changes. */
import { keepSameItems } from '../../base/keep-equal.ts';
import type { EngineFact, SessionFactoryFact } from '../engine.ts';
import type { SourceFile } from '../project.ts';
import { changeBetween, type ModuleView, type RecordedModules, recordModules } from '../recorded-modules.ts';
import { mentionsEngines, type ReadEngines, readEngines } from './read-engines.ts';

export interface EngineReadings extends ReadEngines {
  readonly view: ModuleView;
  readonly readings: ReadonlyMap<string, EngineReading>;
}

interface EngineReading {
  readonly file: SourceFile;
  /** Null where nothing was asked. */
  readonly modules: RecordedModules | null;
  readonly read: ReadEngines;
}

const none: ReadEngines = { engines: [], sessionFactories: [] };

export function readAllEngines(
  files: readonly SourceFile[],
  view: ModuleView,
  previous: EngineReadings | null,
): EngineReadings {
  const change = previous && changeBetween(previous.view, view);
  const readings = files.map((file): EngineReading => {
    const known = previous?.readings.get(file.path);
    if (known?.file === file && (!change || known.modules === null || known.modules.holds(change)))
      return known;
    if (!mentionsEngines(file)) return { file, modules: null, read: none };
    const modules = recordModules(view);
    return { file, modules, read: readEngines(file, modules.names) };
  });
  return {
    view,
    readings: new Map(readings.map(reading => [reading.file.path, reading])),
    engines: keepSameItems(
      previous?.engines,
      readings.flatMap<EngineFact>(({ read }) => read.engines),
    ),
    sessionFactories: keepSameItems(
      previous?.sessionFactories,
      readings.flatMap<SessionFactoryFact>(({ read }) => read.sessionFactories),
    ),
  };
}
