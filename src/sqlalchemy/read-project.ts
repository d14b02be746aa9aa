/** Parsed files to everything that the project means to SQLAlchemy: models, engines, and each file's statements on demand. */

import { type Readable, RecentlyRead } from '../base/recently-read.ts';
import type { ModuleTable } from '../python/modules.ts';
import { noPackages, type WorkspacePackages } from '../python/packages/packages.ts';
import { type EngineReadings, readAllEngines } from './engines/engine-readings.ts';
import { factSources } from './fact-sources.ts';
import { matchesInFile } from './file-matches.ts';
import { flowOfFile } from './flow/file-flow.ts';
import { interestingPlaces } from './flow/places.ts';
import type { FileFlow } from './flow-fact.ts';
import { linkedData } from './linked-data.ts';
import type { LinkedProject, Subclass } from './linked-project.ts';
import { indexModels, type ModelIndex } from './models/model-index.ts';
import { type ReadModels, readModels } from './models/read-models.ts';
import type { FileFacts, SourceFile, SqlAlchemyProject } from './project.ts';
import { changeBetween, type ModuleView, viewOf } from './recorded-modules.ts';
import { type RecordedProject, type RecordedSources, recordProject } from './recorded-project.ts';
import { type ReadFile, readFileFacts } from './statements/file-facts.ts';
import { readSubclasses, type SubclassReadings } from './subclass-readings.ts';

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

/** What the next version of a project may take from this one. */
interface Version {
  readonly view: ModuleView;
  readonly read: ReadModels;
  readonly engines: EngineReadings;
  readonly subclasses: SubclassReadings;
  readonly linked: LinkedProject;
  readonly index: ModelIndex;
  readonly packages: WorkspacePackages;
  /** By path; grows as facts are asked for. */
  readonly facts: Map<string, KeptFacts>;
  readonly recent: RecentlyRead<ReadWhole>;
}

/** The same object for as long as the facts would be the same, also while they are not kept themselves. */
interface KeptFacts extends Readable<ReadWhole> {
  readonly file: SourceFile;
  asked: RecordedProject;
  /** What the flow was read from, also while it is not kept itself; null until it is asked for. */
  ofFlow: readonly RecordedSources[] | null;
  /** Null until they are asked for. */
  places: readonly number[] | null;
}

/** What is let go together, being about the same nodes. */
interface ReadWhole extends ReadFile {
  /** Null until it is asked for. */
  flow: KeptFlow | null;
}

/** Facts of this many characters of source are kept: a hundred files, or as many as one leads to. */
const keptSize = 1_500_000;

/** A flow holds as long as every file that it went into is read as it was, and all that it asked is answered as before. */
interface KeptFlow {
  readonly flow: FileFlow;
  readonly recorded: RecordedProject;
  readonly asked: ReadonlyMap<string, KeptFacts | null>;
  /** The view in which it was seen to hold last. */
  view: ModuleView;
}

const versions = new WeakMap<SqlAlchemyProject, Version>();

export interface ProjectOptions {
  readonly packages?: WorkspacePackages | undefined;
  /**
   * The project before a change: readings of it are kept where all that they asked of other files is answered as
   * before. The result equals that of reading everything anew.
   */
  readonly previous?: SqlAlchemyProject | undefined;
}

export function readProject(
  files: readonly SourceFile[],
  table: ModuleTable,
  { packages = noPackages, previous }: ProjectOptions = {},
): SqlAlchemyProject {
  const before = previous ? (versions.get(previous) ?? null) : null;
  const version = readVersion(files, { table, packages }, before);
  const { linked } = version;
  const searches = new Map<string, readonly SourceFile[]>();
  const matches = new Map<string, readonly string[]>();
  const project: SqlAlchemyProject = {
    files: linked.files,
    models: linked.models,
    engines: linked.engines,
    sessionFactories: linked.sessionFactories,
    packagesOf: linked.packagesOf,
    factsOf(path) {
      return readFileOf(path, version)?.facts ?? emptyFacts;
    },
    factsWithin(path, node) {
      const file = linked.files.get(path);
      return file ? readFileFacts(file, linked, node).facts : emptyFacts;
    },
    flowOf(path) {
      const read = readFileOf(path, version);
      if (read === null) return noFlow;
      if (read.flow === null || !holdsStill(read.flow, version)) {
        read.flow = readFlow(path, version);
        const known = keptFactsOf(path, version);
        if (known !== null) known.ofFlow = sourcesOfFlow(read.flow);
      }
      return read.flow.flow;
    },
    sourcesOf(path) {
      const kept = version.facts.get(path);
      return factSources(path, [...(kept ? [kept.asked.sources] : []), ...(kept?.ofFlow ?? [])], linked);
    },
    subclassesOf: base => linked.subclassesOf(base).map(({ qualifiedName }) => qualifiedName),
    modelOfTable: (name, schema) => linked.modelOfTable(name, schema)?.qualifiedName ?? null,
    modelsOfFile: path => linked.modelsOfFile(path).map(({ qualifiedName }) => qualifiedName),
    modelsWithTable: name => version.index.modelsWithTable(name),
    attributesIn: path => version.index.attributesIn(path),
    filesWith(pattern, part = '') {
      const key = String(pattern);
      const known =
        searches.get(key) ?? files.filter(({ text }) => text.includes(part) && pattern.test(text));
      searches.set(key, known);
      return known;
    },
    matchesIn(pattern, part) {
      const key = `${pattern} ${part}`;
      const known = matches.get(key) ?? files.flatMap(file => matchesInFile(file, pattern, part));
      matches.set(key, known);
      return known;
    },
    binds: (path, name) => linked.files.get(path)?.symbols.exports.has(name) ?? false,
    linkedData: () => linkedData(linked),
  };
  versions.set(project, version);
  return project;
}

interface Surroundings {
  readonly table: ModuleTable;
  readonly packages: WorkspacePackages;
}

function readVersion(
  files: readonly SourceFile[],
  { table, packages }: Surroundings,
  before: Version | null,
): Version {
  const view = viewOf(files, table);
  const read = readModels(files, table, { packages, previous: before?.read });
  const engines = readAllEngines(files, view, before?.engines ?? null);
  const subclasses = readSubclasses(files, view, before?.subclasses);
  const { models, joinOf, names } = read;
  const index = before?.linked.models === models ? before.index : indexModels(models, before?.index);
  const linked: LinkedProject = {
    files: new Map(files.map(file => [file.path, file])),
    table: view.table,
    models,
    engines: engines.engines,
    sessionFactories: engines.sessionFactories,
    packagesOf: path => packages.of(path),
    modelsOfFile: index.modelsOfFile,
    modelOfTable: index.modelOfTable,
    definitionOf: names.definitionOf,
    subclassesOf: qualifiedName => subclasses.byBase.get(qualifiedName) ?? noSubclasses,
    joinOf,
  };
  return {
    view,
    read,
    engines,
    subclasses,
    linked,
    index,
    packages,
    recent: before?.recent ?? new RecentlyRead(keptSize),
    facts: keptFacts(before, { view, linked, read, packages }),
  };
}

function readFileOf(path: string, version: Version): ReadWhole | null {
  const known = keptFactsOf(path, version);
  if (known === null) return null;
  const read = known.read ?? readAgain(known, version);
  version.recent.use(known);
  return read;
}

function keptFactsOf(path: string, version: Version): KeptFacts | null {
  const { linked, facts } = version;
  const file = linked.files.get(path);
  if (!file) return null;
  const known = facts.get(path) ?? readFacts(file, version);
  facts.set(path, known);
  return known;
}

function readFacts(file: SourceFile, { linked, view, recent }: Version): KeptFacts {
  const asked = recordProject(linked, view);
  const read = { ...readFileFacts(file, asked.project), flow: null };
  const kept: KeptFacts = { file, asked, read, ofFlow: null, places: null, size: file.text.length };
  recent.use(kept);
  return kept;
}

function readAgain(known: KeptFacts, { linked, view }: Version): ReadWhole {
  known.asked = recordProject(linked, view, known.asked.sources);
  known.read = { ...readFileFacts(known.file, known.asked.project), flow: null };
  return known.read;
}

function readFlow(path: string, version: Version): KeptFlow {
  const asked = new Map<string, KeptFacts | null>();
  const recorded = recordProject(version.linked, version.view);
  const ask = (other: string) => {
    const kept = keptFactsOf(other, version);
    asked.set(other, kept);
    return kept;
  };
  const flow = flowOfFile(path, {
    linked: recorded.project,
    names: recorded.names,
    evaluationOf: other => {
      ask(other);
      return readFileOf(other, version)?.evaluation ?? null;
    },
    placesOf(other) {
      const kept = ask(other);
      if (kept !== null) kept.places ??= placesOf(readFileOf(other, version));
      return kept?.places ?? [];
    },
  });
  return { flow, recorded, asked, view: version.view };
}

function placesOf(read: ReadWhole | null): readonly number[] {
  return read === null ? [] : interestingPlaces(read.evaluation);
}

function sourcesOfFlow({ recorded, asked }: KeptFlow): readonly RecordedSources[] {
  const others = [...asked.values()].flatMap(facts => facts ?? []);
  const { sources } = recorded;
  const files = new Set([...sources.files, ...others.map(({ file }) => file.path)]);
  return [{ ...sources, files }, ...others.map(facts => facts.asked.sources)];
}

function holdsStill(kept: KeptFlow, version: Version): boolean {
  if (kept.view === version.view) return true;
  const isSame =
    kept.recorded.holdsIn(version.view, version.linked) &&
    [...kept.asked].every(([other, facts]) => keptFactsOf(other, version) === facts);
  if (isSame) kept.view = version.view;
  return isSame;
}

type Now = Pick<Version, 'view' | 'linked' | 'read' | 'packages'>;

function keptFacts(before: Version | null, now: Now): Map<string, KeptFacts> {
  const kept = new Map<string, KeptFacts>();
  if (before === null) return kept;
  const { linked, view } = now;
  const change = changeBetween(before.view, view);
  const alike = isLinkedAlike(before, now);
  for (const [path, known] of before.facts) {
    if (linked.files.get(path) !== known.file || !known.asked.holds(change, linked, alike)) continue;
    known.asked.moveTo(view, linked);
    kept.set(path, known);
  }
  return kept;
}

/** Most edits are in the body of a function, and change nothing of what files ask each other about. */
function isLinkedAlike(before: Version, { linked, read, packages }: Now): boolean {
  return (
    linked.models === before.linked.models &&
    read.joinOf === before.read.joinOf &&
    linked.engines === before.linked.engines &&
    linked.sessionFactories === before.linked.sessionFactories &&
    packages === before.packages
  );
}
