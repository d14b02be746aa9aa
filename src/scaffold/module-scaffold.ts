/** Scaffolds that write a module beside the engine, from a template: the way there from questions to files. */

import type { EngineKeeper, EngineThing } from './database-facts.ts';
import type { ConcurrentThing, PlacedThing } from './named-thing.ts';
import { homePackages } from './new-packages.ts';
import { inPackage } from './paths.ts';
import type { ProjectFacts } from './project-facts.ts';
import { fromImport } from './python-code/import-need.ts';
import { importText, renderModule } from './python-template/python-template.ts';
import type { Rendering, ScaffoldFile } from './scaffold.ts';

/** Why a scaffold cannot be used that needs a variable of a module with an engine in it. */
export function engineProblem({ database }: ProjectFacts): string | null {
  if (database.engines.length > 0) return null;
  return database.makesEngine
    ? 'The project makes its engine in a function or keeps it in an object, and this needs a variable of a module that holds it.'
    : 'No module of the project holds an engine and a session factory yet. Use Set Up Database Layer first.';
}

export interface Access {
  readonly engine: EngineThing;
  readonly factory: ConcurrentThing;
  readonly concurrency: 'sync' | 'async';
}

/** The engine and the session factory that the project uses mostly. */
export function accessOf({ database, concurrency }: ProjectFacts): Access | null {
  const factory = database.factories.find(each => each.concurrency === concurrency) ?? database.factories[0];
  const engine = database.engines.find(each => each.concurrency === factory?.concurrency);
  return factory && engine ? { engine, factory, concurrency: factory.concurrency } : null;
}

/** How a module reaches the engine and the session factory: what it imports, and the expressions. */
export type Reach = {
  readonly concurrency: 'sync' | 'async';
} /** No factory where the project makes its sessions on the engine one by one. */ & (
  | { readonly kind: 'imported'; readonly engine: Reached; readonly factory: Reached | null }
  /** Whoever calls it has them. `keeper` gives FastAPI the object that keeps them. */
  | { readonly kind: 'given'; readonly keeper: EngineKeeper | null }
);

export interface Reached {
  readonly from: PlacedThing;
  readonly expression: string;
}

/** Null where the project makes no engine at all. */
export function reachOf(facts: ProjectFacts): Reach | null {
  const access = accessOf(facts);
  if (access) {
    const { engine, factory, concurrency } = access;
    return { kind: 'imported', concurrency, engine: named(engine), factory: named(factory) };
  }
  const { keepers, makesEngine, engines, engineMakers, factoryMakers } = facts.database;
  const [called] = keepers.filter(each => !each.byRequest);
  if (called) {
    const of = (attribute: string): Reached => ({
      from: called,
      expression: `${called.name}().${attribute}`,
    });
    const { concurrency, engine, factory } = called;
    return { kind: 'imported', concurrency, engine: of(engine), factory: of(factory) };
  }
  const [maker] = engineMakers;
  if (maker) {
    const factory = factoryMakers.find(each => each.concurrency === maker.concurrency);
    return {
      kind: 'imported',
      concurrency: maker.concurrency,
      engine: calledBy(maker),
      factory: factory ? calledBy(factory) : null,
    };
  }
  const [engine] = engines;
  if (engine)
    return { kind: 'imported', concurrency: engine.concurrency, engine: named(engine), factory: null };
  const keeper = keepers[0] ?? null;
  const concurrency = keeper?.concurrency ?? facts.concurrency;
  return makesEngine ? { kind: 'given', concurrency, keeper } : null;
}

function named(from: PlacedThing): Reached {
  return { from, expression: from.name };
}

function calledBy(from: PlacedThing): Reached {
  return { from, expression: `${from.name}()` };
}

/** Why a scaffold cannot be used that can be given what no module holds. */
export function reachProblem(facts: ProjectFacts): string | null {
  return reachOf(facts) === null ? engineProblem(facts) : null;
}

/** The path and module of a new file beside the engine. */
export function besideEngine(
  { database }: ProjectFacts,
  name: string,
): { readonly path: string; readonly module: string } {
  const { place } = database;
  return { path: `${place.path}/${name}.py`, module: inPackage(place.module, name) };
}

export function importLine(thing: { readonly module: string; readonly name: string }): string {
  return importText(fromImport(thing.module, thing.name));
}

/** A new module, and edits of files that are there. */
export function renderNewModule(
  facts: ProjectFacts,
  {
    name,
    source,
    concurrency,
  }: { readonly name: string; readonly source: string; readonly concurrency: 'sync' | 'async' },
  edits: readonly ScaffoldFile[] = [],
): Rendering {
  const { path } = besideEngine(facts, name);
  const files: readonly ScaffoldFile[] = [
    ...homePackages(facts, {
      path: facts.database.place.path,
      documentation: 'The database, and how it is reached.',
    }),
    { kind: 'create', path, text: renderModule(source, { ...facts, concurrency }) },
    ...edits,
  ];
  return { files, open: path, problems: [] };
}
