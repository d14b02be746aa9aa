/** The files of a database layer in one of its two layouts, each importing from those before it. */
import { inPackage } from '../paths.ts';
import type { NamedThing, ProjectFacts } from '../project-facts.ts';
import { fromImport } from '../python-code/import-need.ts';
import { importText, joinSources, renderModule, syncSource } from '../python-template/python-template.ts';
import type { ScaffoldFile } from '../scaffold.ts';
import { baseSource } from './base-source.ts';
import type { LayerPlan } from './layer-plan.ts';
import { applicationSource, engineSource, lifespanSource, sessionSource } from './layer-sources.ts';

export interface LayerFiles {
  readonly files: readonly ScaffoldFile[];
  /** The file to show. */
  readonly open: string;
}

export function layerFiles(facts: ProjectFacts, plan: LayerPlan): LayerFiles {
  const { files, open, lifespan } =
    plan.layout === 'module' ? oneModule(facts, plan) : severalModules(facts, plan);
  return { files: [...files, ...applicationFiles(facts, plan, lifespan)], open };
}

interface Layout extends LayerFiles {
  /** The module that has `lifespan`. */
  readonly lifespan: string;
}

function oneModule(facts: ProjectFacts, plan: LayerPlan): Layout {
  const { driver, place, base, engine, fastapi } = plan;
  const own = engine ? importOf(engine) : '';
  const inStyle = (source: string): string => (driver.concurrency === 'sync' ? syncSource(source) : source);
  const sources = [
    ...(base ? [] : [inStyle(baseSource(driver.concurrency))]),
    inStyle(engineSource(plan, own)),
    ...(fastapi ? [inStyle(sessionSource('')), lifespanSource(plan, own, facts.style)] : []),
  ];
  const path = `${place.path}/database.py`;
  const source = joinSources('The database: its declarative base, and how it is reached.', sources);
  const text = renderModule(source, { ...facts, concurrency: 'async' });
  return {
    files: [{ kind: 'create', path, text }],
    open: path,
    lifespan: inPackage(place.module, 'database'),
  };
}

function severalModules(facts: ProjectFacts, plan: LayerPlan): Layout {
  const { place, base, engine, fastapi } = plan;
  const module = (name: string): string => inPackage(place.module, name);
  const file = (name: string, text: string): ScaffoldFile => ({
    kind: 'create',
    path: `${place.path}/${name}.py`,
    text,
  });
  const held: NamedThing = engine ?? { name: 'engine', module: module('engine') };
  const factory: NamedThing = { name: 'session_factory', module: module('engine') };
  const engineFile = engine === null ? 'engine' : 'session_factory';
  const factoryIn: NamedThing = { ...factory, module: module(engineFile) };
  const files: readonly ScaffoldFile[] = [
    ...(base ? [] : [file('base', renderModule(baseSource(plan.driver.concurrency), facts))]),
    file(engineFile, renderModule(engineSource(plan, engine ? importOf(engine) : ''), facts)),
    ...(fastapi
      ? [
          file('session', renderModule(sessionSource(importOf(factoryIn)), facts)),
          file(
            'lifespan',
            renderModule(lifespanSource(plan, importOf(held), facts.style), {
              ...facts,
              concurrency: 'async',
            }),
          ),
        ]
      : []),
  ];
  return { files, open: `${place.path}/${engineFile}.py`, lifespan: module('lifespan') };
}

/** Only where there is no application yet: whose is there calls the lifespan in its own way. */
function applicationFiles(
  facts: ProjectFacts,
  { fastapi, home }: LayerPlan,
  lifespan: string,
): readonly ScaffoldFile[] {
  const path = `${home.path}/main.py`;
  if (!fastapi || facts.database.app !== null || facts.exists(path)) return [];
  const text = renderModule(applicationSource(importOf({ name: 'lifespan', module: lifespan })), facts);
  return [{ kind: 'create', path, text }];
}

function importOf({ module, name }: NamedThing): string {
  return importText(fromImport(module, name));
}
