/** Engines, session factories, session dependencies and units of work: how the project's own code reaches its database. */

import { ownerPart } from '../../base/dotted-name.ts';
import type { SourceFile, SqlAlchemyProject } from '../../sqlalchemy/project.ts';
import type {
  DatabaseFacts,
  EngineThing,
  SessionDependency,
  UnitDependency,
  UnitOfWorkFact,
} from '../database-facts.ts';
import type { ConcurrentThing, ModuleFolder, PlacedThing } from '../named-thing.ts';
import { folderOf, inPackage, stemOf } from '../paths.ts';
import type { BaseFact, ModelPlace, PackageFact } from '../project-facts.ts';
import { assignedName, lastName, type Statement } from '../python-syntax.ts';
import { engineKeepers, heldByModules, makersOf, type OwnTexts } from './held-engines.ts';
import { constructorParameters } from './learn-methods.ts';
import { type OwnClasses, type OwnCode, textOf } from './own-classes.ts';

interface DatabaseSurroundings {
  readonly base: BaseFact | null;
  readonly home: PackageFact;
  readonly places: readonly ModelPlace[];
  /** Of all files of the project's own code, read or not. */
  readonly texts: OwnTexts;
}

export function learnDatabase(
  project: SqlAlchemyProject,
  { classes, ownFiles }: OwnCode,
  { base, home, places, texts }: DatabaseSurroundings,
): DatabaseFacts {
  const engines = project.engines.flatMap((fact): readonly EngineThing[] =>
    heldByModules(fact, ownFiles).map(thing => ({
      ...thing,
      concurrency: fact.kind,
      driver: fact.driver ?? writtenDriver(project.files.get(thing.path)?.text ?? ''),
    })),
  );
  const factories = project.sessionFactories.flatMap((fact): readonly ConcurrentThing[] =>
    heldByModules(fact, ownFiles).map(thing => ({ ...thing, concurrency: fact.kind })),
  );
  const dependencies = mostUsedFirst(ownFiles.flatMap(sessionDependencies), ownFiles);
  const place = placeOf(
    factories[0] ??
      engines[0] ??
      dependencies[0] ??
      madeThing(project, ownFiles) ??
      baseThing(base, ownFiles),
    besideModels(places[0], home, texts),
  );
  const units = unitsOfWork(classes);
  return {
    engines,
    factories,
    keepers: engineKeepers(classes, texts),
    engineMakers: project.engines.flatMap(fact =>
      makersOf(fact, ownFiles, { keeps: true }).map(thing => ({ ...thing, concurrency: fact.kind })),
    ),
    factoryMakers: project.sessionFactories.flatMap(fact =>
      makersOf(fact, ownFiles, { keeps: false }).map(thing => ({ ...thing, concurrency: fact.kind })),
    ),
    makesEngine: project.engines.some(({ location }) => ownFiles.some(({ path }) => path === location.path)),
    dependencies,
    unitsOfWork: units,
    unitDependencies: ownFiles.flatMap(file => unitDependencies(file, units)),
    place,
  };
}

/** What the engine's file says of its driver, where the URL is put together as it runs. */
function writtenDriver(text: string): string | null {
  const set = /\bdrivername\s*=\s*["']([\w+]+)["']/.exec(text)?.[1];
  return set ?? /["']((?:postgresql|sqlite)(?:\+\w+)?):\/\//.exec(text)?.[1] ?? null;
}

/** The file that makes an engine, wherever it keeps it. */
function madeThing({ engines }: SqlAlchemyProject, files: readonly SourceFile[]): PlacedThing | undefined {
  const file = files.find(({ path }) => engines.some(({ location }) => location.path === path));
  return file && { name: '', module: file.name, path: file.path };
}

function baseThing(base: BaseFact | null, files: readonly SourceFile[]): PlacedThing | undefined {
  const file = files.find(each => each.name === base?.module && !each.path.startsWith('package:'));
  return base && file ? { name: base.name, module: base.module, path: file.path } : undefined;
}

function placeOf(thing: PlacedThing | undefined, otherwise: ModuleFolder): ModuleFolder {
  if (!thing) return otherwise;
  const isPackage = stemOf(thing.path) === '__init__';
  return { path: folderOf(thing.path), module: isPackage ? thing.module : ownerPart(thing.module) };
}

/** Where nothing of the database is the project's own yet, its base neither. */
function besideModels(place: ModelPlace | undefined, home: PackageFact, { paths }: OwnTexts): ModuleFolder {
  // A package would hide the module of the same name.
  if (!place && paths.includes(`${home.path}/db.py`)) return { path: home.path, module: home.module };
  if (!place) return { path: `${home.path}/db`, module: inPackage(home.module, 'db') };
  return { path: folderOf(place.path), module: ownerPart(place.module) };
}

const sessionTypes: Readonly<Record<string, ConcurrentThing['concurrency']>> = {
  AsyncSession: 'async',
  Session: 'sync',
};

/** `async def get_session() -> AsyncIterator[AsyncSession]:` with a `yield` in it, which is no context manager. */
function sessionDependencies(file: SourceFile): readonly SessionDependency[] {
  return yielding(file).flatMap(({ thing, yields, text }) => {
    const concurrency = sessionTypes[yields];
    if (concurrency === undefined) return [];
    return [{ ...thing, concurrency, commits: /\.commit\(|\.begin\(\)/.test(text) }];
  });
}

function unitDependencies(file: SourceFile, units: readonly UnitOfWorkFact[]): readonly UnitDependency[] {
  return yielding(file).flatMap(({ thing, yields }) => {
    const unit = units.find(each => each.name === yields);
    return unit ? [{ ...thing, concurrency: unit.concurrency, yields }] : [];
  });
}

interface Yielding {
  readonly thing: PlacedThing;
  /** The name of what its annotation says that it yields. */
  readonly yields: string;
  readonly text: string;
}

function yielding(file: SourceFile): readonly Yielding[] {
  return file.module.body.flatMap((statement: Statement) => {
    if (statement.kind !== 'function' || statement.returns?.kind !== 'subscript') return [];
    const [yielded] = statement.returns.indices;
    const yields = yielded ? lastName(yielded) : null;
    const text = file.text.slice(statement.start, statement.end);
    const isManager = statement.decorators.some(each => /contextmanager$/.test(lastName(each) ?? ''));
    if (yields === null || isManager || !/\byield\b/.test(text)) return [];
    return [{ thing: { name: statement.name.id, module: file.name, path: file.path }, yields, text }];
  });
}

/** By how often `Depends` is given them. */
function mostUsedFirst(
  found: readonly SessionDependency[],
  files: readonly SourceFile[],
): readonly SessionDependency[] {
  const uses = new Map(
    found.map(({ name }) => {
      const use = new RegExp(`\\bDepends\\(\\s*${name}\\b`, 'g');
      return [name, files.reduce((sum, { text }) => sum + [...text.matchAll(use)].length, 0)] as const;
    }),
  );
  return [...found].sort((a, b) => (uses.get(b.name) ?? 0) - (uses.get(a.name) ?? 0));
}

function unitsOfWork(classes: OwnClasses): readonly UnitOfWorkFact[] {
  return [...classes.values()]
    .filter(each => /UnitOfWork$|^Uow$|^UoW$|Uow$/.test(each.name))
    .map(each => ({
      name: each.name,
      module: each.file.name,
      path: each.file.path,
      concurrency: /\basync def\b/.test(textOf(each)) ? 'async' : 'sync',
      attributes: new Map(each.node.body.flatMap(declaredAttribute)),
      parameters: constructorParameters([each]),
      members: each.node.body.flatMap(member => (member.kind === 'function' ? [member.name.id] : [])),
    }));
}

/** `customers: CustomerRepository`, by its type. */
function declaredAttribute(statement: Statement): readonly (readonly [string, string])[] {
  const name = assignedName(statement);
  if (name === null || statement.kind !== 'assignment' || statement.annotation === null) return [];
  const type = lastName(statement.annotation);
  return type === null ? [] : [[type, name]];
}
