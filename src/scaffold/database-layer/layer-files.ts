/** The files of a database layer in one of its two layouts, each importing from those before it. */

import type { NamedThing } from '../named-thing.ts';
import { inPackage } from '../paths.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { fromImport } from '../python-code/import-need.ts';
import { importText, joinSources, renderModule, syncSource } from '../python-template/python-template.ts';
import type { ScaffoldFile } from '../scaffold.ts';
import { baseSource } from './base-source.ts';
import type { LayerPlan } from './layer-plan.ts';
import { applicationSource, engineSource, lifespanSource, sessionSource } from './layer-sources.ts';

export interface LayerFiles {
  readonly files: readonly ScaffoldFile[];
  /** The file to show. */
  readonly open: string | null;
}

export function layerFiles(facts: ProjectFacts, plan: LayerPlan): LayerFiles {
  const { files, open, lifespan } =
    plan.layout === 'module' && plan.factory === null ? oneModule(facts, plan) : severalModules(facts, plan);
  return { files: [...files, ...applicationFiles(facts, plan, lifespan)], open };
}

interface Layout extends LayerFiles {
  /** The module that has `lifespan`. */
  readonly lifespan: string;
}

function oneModule(facts: ProjectFacts, plan: LayerPlan): Layout {
  const { driver, place, base, engine } = plan;
  const own = engine ? importOf(engine) : '';
  const inStyle = (source: string): string => (driver.concurrency === 'sync' ? syncSource(source) : source);
  const sources = [
    ...(base ? [] : [inStyle(baseSource(driver.concurrency))]),
    inStyle(engineSource(plan, own)),
    ...(writesSession(plan) ? [inStyle(sessionSource(''))] : []),
    ...(writesLifespan(plan) ? [lifespanSource(plan, own, facts.style)] : []),
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

function writesSession({ fastapi, dependency }: LayerPlan): boolean {
  return fastapi && dependency === 'missing';
}

/** An application that has one is extended instead, or left. */
function writesLifespan({ fastapi, lifespan }: LayerPlan): boolean {
  return fastapi && (lifespan === null || lifespan.kind === 'missing');
}

function severalModules(facts: ProjectFacts, plan: LayerPlan): Layout {
  const { place, base, engine, factory } = plan;
  const module = (name: string): string => inPackage(place.module, name);
  const file = (name: string, text: string): ScaffoldFile => ({
    kind: 'create',
    path: `${place.path}/${name}.py`,
    text,
  });
  const held: NamedThing = engine ?? { name: 'engine', module: module('engine') };
  const engineFile = engine === null ? 'engine' : 'session_factory';
  const factoryIn: NamedThing = factory ?? { name: 'session_factory', module: module(engineFile) };
  const files: readonly ScaffoldFile[] = [
    ...(base ? [] : [file('base', renderModule(baseSource(plan.driver.concurrency), facts))]),
    ...(factory
      ? []
      : [file(engineFile, renderModule(engineSource(plan, engine ? importOf(engine) : ''), facts))]),
    ...(writesSession(plan)
      ? [file('session', renderModule(sessionSource(importOf(factoryIn), factoryIn.name), facts))]
      : []),
    ...(writesLifespan(plan)
      ? [
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
  return { files, open: files[0]?.path ?? null, lifespan: module('lifespan') };
}

function applicationFiles(
  facts: ProjectFacts,
  { fastapi, home, lifespan: change }: LayerPlan,
  lifespan: string,
): readonly ScaffoldFile[] {
  const own: NamedThing = { name: 'lifespan', module: lifespan };
  if (change?.kind === 'missing') return change.connect(own);
  if (change?.kind === 'extended') return change.files;
  const path = `${home.path}/main.py`;
  if (!fastapi || change !== null || facts.exists(path)) return [];
  return [{ kind: 'create', path, text: renderModule(applicationSource(importOf(own)), facts) }];
}

function importOf({ module, name }: NamedThing): string {
  return importText(fromImport(module, name));
}
