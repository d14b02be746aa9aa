/** Engines, session factories, session dependencies and units of work: how the project's own code reaches its database. */
import type { SourceFile, SqlAlchemyProject } from '../../sqlalchemy/project.ts';
import { folderOf, inPackage, packageOf, stemOf } from '../paths.ts';
import type {
  BaseFact,
  ConcurrentThing,
  DatabaseFacts,
  EngineThing,
  ModuleFolder,
  PackageFact,
  PlacedThing,
} from '../project-facts.ts';
import { assignedName, lastName, type Statement } from '../python-syntax.ts';
import { mostCommon } from './most-common.ts';
import { type OwnClasses, type OwnCode, textOf } from './own-classes.ts';

export function learnDatabase(
  project: SqlAlchemyProject,
  { classes, ownFiles }: OwnCode,
  { base, home }: { readonly base: BaseFact | null; readonly home: PackageFact },
): DatabaseFacts {
  const engines = project.engines.flatMap((fact): readonly EngineThing[] =>
    placed(fact.location.path, fact.name, ownFiles).map(thing => ({
      ...thing,
      concurrency: fact.kind,
      driver: fact.driver ?? writtenDriver(project.files.get(thing.path)?.text ?? ''),
    })),
  );
  const factories = project.sessionFactories.flatMap((fact): readonly ConcurrentThing[] =>
    placed(fact.location.path, fact.name, ownFiles).map(thing => ({ ...thing, concurrency: fact.kind })),
  );
  const place = placeOf(factories[0] ?? engines[0] ?? baseThing(base, ownFiles), home);
  return {
    engines,
    factories,
    dependencies: ownFiles.flatMap(sessionDependencies),
    unitsOfWork: unitsOfWork(classes),
    app: ownFiles.flatMap(applications)[0] ?? null,
    routers: folderOfMost(ownFiles, /\bAPIRouter\(/, place),
    schemas: folderOfMost(ownFiles, /\(BaseModel\):/, place),
    place,
  };
}

/** What the engine's file says of its driver, where the URL is put together as it runs. */
function writtenDriver(text: string): string | null {
  const set = /\bdrivername\s*=\s*["']([\w+]+)["']/.exec(text)?.[1];
  return set ?? /["']((?:postgresql|sqlite)(?:\+\w+)?):\/\//.exec(text)?.[1] ?? null;
}

/** Files beside the engine are about the database, whatever else they are. */
function folderOfMost(files: readonly SourceFile[], sign: RegExp, except: ModuleFolder): ModuleFolder | null {
  const found = files.filter(file => sign.test(file.text) && folderOf(file.path) !== except.path);
  const path = mostCommon(found.map(file => folderOf(file.path)));
  const first = found.find(file => folderOf(file.path) === path);
  return first && path !== null ? { path, module: packageOf(first.name) } : null;
}

/** Only what a module's own variable holds can be imported. */
function placed(path: string, name: string | null, ownFiles: readonly SourceFile[]): readonly PlacedThing[] {
  const file = ownFiles.find(each => each.path === path);
  if (!file || name === null) return [];
  const held = file.module.body.some(statement => assignedName(statement) === name);
  return held ? [{ name, module: file.name, path }] : [];
}

function baseThing(base: BaseFact | null, files: readonly SourceFile[]): PlacedThing | undefined {
  const file = files.find(each => each.name === base?.module);
  return base && file ? { name: base.name, module: base.module, path: file.path } : undefined;
}

function placeOf(thing: PlacedThing | undefined, home: PackageFact): DatabaseFacts['place'] {
  if (!thing) return { path: `${home.path}/db`, module: inPackage(home.module, 'db') };
  const isPackage = stemOf(thing.path) === '__init__';
  return { path: folderOf(thing.path), module: isPackage ? thing.module : packageOf(thing.module) };
}

const sessionTypes: Readonly<Record<string, ConcurrentThing['concurrency']>> = {
  AsyncSession: 'async',
  Session: 'sync',
};

/** `async def get_session() -> AsyncIterator[AsyncSession]:` with a `yield` in it. */
function sessionDependencies(file: SourceFile): readonly ConcurrentThing[] {
  return file.module.body.flatMap((statement: Statement) => {
    if (statement.kind !== 'function' || statement.returns?.kind !== 'subscript') return [];
    const [yielded] = statement.returns.indices;
    const concurrency = yielded && sessionTypes[lastName(yielded) ?? ''];
    const yields = /\byield\b/.test(file.text.slice(statement.start, statement.end));
    if (concurrency === undefined || !yields) return [];
    return [{ name: statement.name.id, module: file.name, path: file.path, concurrency }];
  });
}

function unitsOfWork(classes: OwnClasses): readonly ConcurrentThing[] {
  return [...classes.values()]
    .filter(each => /UnitOfWork$|^Uow$|^UoW$|Uow$/.test(each.name))
    .map(each => ({
      name: each.name,
      module: each.file.name,
      path: each.file.path,
      concurrency: /\basync def\b/.test(textOf(each)) ? 'async' : 'sync',
    }));
}

/** `app = FastAPI(…)`. */
function applications(file: SourceFile): readonly PlacedThing[] {
  return file.module.body.flatMap((statement: Statement) => {
    if (statement.kind !== 'assignment' || statement.value?.kind !== 'call') return [];
    const name = lastName(statement.value.function) === 'FastAPI' ? assignedName(statement) : null;
    return name === null ? [] : [{ name, module: file.name, path: file.path }];
  });
}
