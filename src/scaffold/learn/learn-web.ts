/** What FastAPI serves of the project: its application, where routers are included, and the files of routers and schemas. */
import type { SourceFile } from '../../sqlalchemy/project.ts';
import { bodiesOf } from '../fastapi/bodies.ts';
import type { ModuleFolder, PlacedThing } from '../named-thing.ts';
import { folderOf, stemOf } from '../paths.ts';
import type { ApplicationFact, FileLayout, WebFacts } from '../project-facts.ts';
import { assignedName, calledOn, lastName, type Statement } from '../python-syntax.ts';
import { learnLayout, moduleFolder } from './learn-layout.ts';

export interface WebSources {
  readonly ownFiles: readonly SourceFile[];
  /** Every Python file of the project's own code, read or not. */
  readonly ownPaths: readonly string[];
  /** Where its files about the database are. */
  readonly place: ModuleFolder;
}

export function learnWeb(sources: WebSources): WebFacts {
  const { ownFiles, place } = sources;
  const [app = null] = ownFiles.flatMap(applications).sort((a, b) => compareApplications(a, b, place));
  const routers = ownFiles.filter(file => /\bAPIRouter\(/.test(file.text) && !isBeside(file, place));
  return { app, hub: hubOf(ownFiles), routers: learnLayout(routers), schemas: schemasLayout(sources) };
}

/** `app = FastAPI(…)` of a module, or of the function that makes the application. */
function applications(file: SourceFile): readonly ApplicationFact[] {
  const { body } = file.module;
  const made = (statements: readonly Statement[], factory: string | null): readonly ApplicationFact[] =>
    statements.flatMap(statement => {
      const name = assignsCall(statement, 'FastAPI');
      if (name === null) return [];
      const held = factory === null ? name : heldBy(body, factory);
      return [{ name, module: file.name, path: file.path, factory, held }];
    });
  return [
    ...made(body, null),
    ...body.flatMap(each => (each.kind === 'function' ? made(each.body, each.name.id) : [])),
  ];
}

/** The module's variable that has what the function makes. */
function heldBy(body: readonly Statement[], factory: string): string | null {
  return body.map(each => assignsCall(each, factory)).find(name => name !== null) ?? null;
}

function assignsCall(statement: Statement, called: string): string | null {
  if (statement.kind !== 'assignment' || statement.value?.kind !== 'call') return null;
  return lastName(statement.value.function) === called ? assignedName(statement) : null;
}

/** The one nearest to the database, then the one named like it, then the one that is least deep in the project. */
function compareApplications(a: PlacedThing, b: PlacedThing, place: ModuleFolder): number {
  const near = ({ path }: PlacedThing): number => commonDepth(path, `${place.path}/`);
  const isNamed = ({ path }: PlacedThing): number =>
    Number(/^_?(main|app|application|asgi|server|api)$/.test(stemOf(path)));
  const depth = ({ path }: PlacedThing): number => path.split('/').length;
  return near(b) - near(a) || isNamed(b) - isNamed(a) || depth(a) - depth(b);
}

function commonDepth(one: string, other: string): number {
  const [first, second] = [one.split('/'), other.split('/')];
  const end = first.findIndex((part, index) => part !== second[index]);
  return end < 0 ? first.length : end;
}

/** Whose `include_router` is called most, in one module or function. */
function hubOf(files: readonly SourceFile[]): PlacedThing | null {
  const counts = files.flatMap(file =>
    bodiesOf(file.module).flatMap(body => {
      const receivers = body.flatMap(each => calledOn(each, 'include_router') ?? []);
      return [...new Set(receivers)].map(name => ({
        name,
        module: file.name,
        path: file.path,
        count: receivers.filter(each => each === name).length,
      }));
    }),
  );
  const [most] = counts.sort((a, b) => b.count - a.count);
  return most ? { name: most.name, module: most.module, path: most.path } : null;
}

/** Files beside the engine are about the database, whatever else they are. */
function isBeside(file: SourceFile, place: ModuleFolder): boolean {
  return folderOf(file.path) === place.path;
}

/** By their names, for they need not name a library; else where the classes of pydantic are. */
function schemasLayout({ ownFiles, ownPaths, place }: WebSources): FileLayout | null {
  const named = ownPaths.filter(path => /\/schemas?(\/(v\d+\/)?[^/]+)?\.py$/.test(path));
  if (named.length > 0) return learnLayout(named.map(path => ({ path, name: moduleOf(path, ownFiles) })));
  const holding = ownFiles.filter(
    file =>
      /\(BaseModel\):/.test(file.text) &&
      !/\bAPIRouter\(/.test(file.text) &&
      !/\bMapped\[|\bColumn\(/.test(file.text) &&
      !isBeside(file, place),
  );
  return learnLayout(holding);
}

function moduleOf(path: string, files: readonly SourceFile[]): string {
  const folder = moduleFolder(folderOf(path), files);
  if (stemOf(path) === '__init__') return folder.module;
  return folder.module === '' ? stemOf(path) : `${folder.module}.${stemOf(path)}`;
}
