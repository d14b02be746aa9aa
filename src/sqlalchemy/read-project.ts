/** Parsed files to everything that the project means to SQLAlchemy: models, engines, and each file's statements on demand. */

import type { ModuleTable } from '../python/modules/modules.ts';
import { noPackages, type WorkspacePackages } from '../python/packages/packages.ts';
import { EngineReadings } from './engines/engine-readings.ts';
import { FactReadings } from './fact-readings.ts';
import type { FileFlow } from './flow-fact.ts';
import { linkedData } from './linked-data.ts';
import type { LinkedProject, Subclass } from './linked-project.ts';
import { indexModels, type ModelIndex } from './models/model-index.ts';
import { ModelReadings } from './models/read-models.ts';
import { changeBetween, type ModuleView, viewOf } from './module-view.ts';
import type { FileFacts, LinkedData, SourceFile, SqlAlchemyProject } from './project.ts';
import { createNameResolver } from './reading/name-resolver.ts';
import { readFileFacts } from './statements/file-facts.ts';
import { SubclassReadings } from './subclass-readings.ts';
import { TextSearches } from './text-searches.ts';

const emptyFacts: FileFacts = {
  models: [],
  statements: [],
  meaningOf: () => ({ kind: 'unknown' }),
  outlinesAt: () => [],
  outlinesOf: () => [],
  separateLoadsOf: () => [],
};

const noSubclasses: readonly Subclass[] = [];

const noFlow: FileFlow = { facts: [] };

/** What goes on with each version of a project. */
interface Readings {
  /** Of the newest version. */
  view: ModuleView;
  readonly models: ModelReadings;
  readonly engines: EngineReadings;
  readonly subclasses: SubclassReadings;
  readonly searches: TextSearches;
}

/** What the next version of a project may take from this one. */
interface Version {
  readonly view: ModuleView;
  readonly readings: Readings;
  readonly linked: LinkedProject;
  readonly index: ModelIndex;
  readonly packages: WorkspacePackages;
  readonly facts: FactReadings;
  /** What of it is written out; made when that is asked for. */
  data: LinkedData | null;
}

const versions = new WeakMap<SqlAlchemyProject, Version>();

export interface ProjectOptions {
  readonly packages?: WorkspacePackages | undefined;
  /**
   * The project before a change: readings of it are kept where all that they asked of other files is answered as
   * before. The result equals that of reading everything anew.
   */
  readonly previous?: SqlAlchemyProject | undefined;
  /** Facts of how many characters of source are kept for whoever asks next. */
  readonly keptFacts?: number | undefined;
}

/** The table is made of the files. */
export function readProject(
  files: readonly SourceFile[],
  table: ModuleTable,
  options: ProjectOptions = {},
): SqlAlchemyProject {
  return readProjectIn(viewOf(files, table), options);
}

export function readProjectIn(
  view: ModuleView,
  { packages = noPackages, previous, keptFacts }: ProjectOptions = {},
): SqlAlchemyProject {
  const before = previous ? (versions.get(previous) ?? null) : null;
  const version = readVersion(view, packages, before, keptFacts);
  const { linked, facts, index, readings } = version;
  const project: SqlAlchemyProject = {
    files: view.byPath,
    models: linked.models,
    engines: linked.engines,
    sessionFactories: linked.sessionFactories,
    packagesOf: linked.packagesOf,
    factsOf: path => facts.factsOf(path) ?? emptyFacts,
    factsWithin(path, focus) {
      const file = linked.files.get(path);
      return file ? readFileFacts(file, linked, focus).facts : emptyFacts;
    },
    flowOf: path => facts.flowOf(path) ?? noFlow,
    sourcesOf: path => facts.sourcesOf(path),
    subclassesOf: base => linked.subclassesOf(base).map(({ qualifiedName }) => qualifiedName),
    modelOfTable: (name, schema) => linked.modelOfTable(name, schema)?.qualifiedName ?? null,
    modelsNamed: name => linked.modelsNamed(name).map(({ qualifiedName }) => qualifiedName),
    heirsOf: parent => index.heirsOf(parent).map(({ qualifiedName }) => qualifiedName),
    modelsOfFile: path => linked.modelsOfFile(path).map(({ qualifiedName }) => qualifiedName),
    modelsWithTable: name => index.modelsWithTable(name),
    attributesIn: path => index.attributesIn(path),
    filesWith: (pattern, part = '') => readings.searches.filesWith(view, pattern, part),
    matchesIn: (pattern, part) => readings.searches.matchesIn(view, pattern, part),
    binds: (path, name) => linked.files.get(path)?.symbols.exports.has(name) ?? false,
    rest: () => facts.rest(),
    linkedData() {
      version.data ??= linkedData(linked);
      return version.data;
    },
  };
  versions.set(project, version);
  return project;
}

function readVersion(
  view: ModuleView,
  packages: WorkspacePackages,
  before: Version | null,
  keptFacts: number | undefined,
): Version {
  // Of two versions that are to follow the same one, the second begins anew.
  const last = before?.readings.view === before?.view ? before : null;
  const readings = last?.readings ?? readAll(view, packages);
  const bases = last === null ? null : goOn(readings, view, packages);
  const { joinOf, models } = readings.models.linked;
  const { engines, sessionFactories } = readings.engines.all;
  const { byBase } = readings.subclasses;
  const index = before?.linked.models === models ? before.index : indexModels(models, before?.index);
  const linked: LinkedProject = {
    files: view.byPath,
    table: view.table,
    models,
    engines,
    sessionFactories,
    packagesOf: path => packages.of(path),
    modelsOfFile: index.modelsOfFile,
    modelsNamed: index.modelsNamed,
    modelOfTable: index.modelOfTable,
    definitionOf: createNameResolver(view.table, view.files).definitionOf,
    subclassesOf: qualifiedName => byBase.get(qualifiedName) ?? noSubclasses,
    joinOf,
  };
  const at = { view, linked };
  if (last === null)
    return { view, readings, linked, index, packages, facts: new FactReadings(at, keptFacts), data: null };
  const linkedAlike = isLinkedAlike(last, linked, packages);
  const modules = changeBetween(last.view, view);
  const facts = last.facts.next(at, { modules, bases, linkedAlike });
  return { view, readings, linked, index, packages, facts, data: linkedAlike ? last.data : null };
}

function readAll(view: ModuleView, packages: WorkspacePackages): Readings {
  return {
    view,
    models: new ModelReadings(view, packages),
    engines: new EngineReadings(view),
    subclasses: new SubclassReadings(view),
    searches: new TextSearches(),
  };
}

/** Gives the bases whose subclasses may be others; null where it may be any. */
function goOn(readings: Readings, view: ModuleView, packages: WorkspacePackages): ReadonlySet<string> | null {
  readings.view = view;
  readings.models.moveTo(view, packages);
  readings.engines.moveTo(view);
  return readings.subclasses.moveTo(view);
}

/** Most edits are in the body of a function, and change nothing of what files ask each other about. */
function isLinkedAlike(before: Version, linked: LinkedProject, packages: WorkspacePackages): boolean {
  return (
    linked.models === before.linked.models &&
    linked.joinOf === before.linked.joinOf &&
    linked.engines === before.linked.engines &&
    linked.sessionFactories === before.linked.sessionFactories &&
    packages === before.packages
  );
}
