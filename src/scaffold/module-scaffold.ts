/** Scaffolds that write a module beside the engine, from a template: the way there from questions to files. */
import { homePackages } from './new-packages.ts';
import { inPackage } from './paths.ts';
import type { ConcurrentThing, EngineThing, ProjectFacts } from './project-facts.ts';
import { fromImport } from './python-code/import-need.ts';
import { importText, renderModule } from './python-template/python-template.ts';
import type { Rendering, ScaffoldFile } from './scaffold.ts';

/** Why a scaffold that needs an engine cannot be used. */
export function engineProblem({ database }: ProjectFacts): string | null {
  return database.engines.length > 0 && database.factories.length > 0
    ? null
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
