/** The workspace as the check of one file asks it, with a record of what that asked: what was found holds for as long. */
import { lastPart } from '../../base/dotted-name.ts';
import { onDemandMap } from '../../base/on-demand-map.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { DeclaredAttribute, SqlAlchemyProject } from '../../sqlalchemy/project.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import type { Asked } from '../checking/check-file.ts';
import { type MissingColumn, type ScriptSearch, scriptsOf } from '../judging/script-columns.ts';

export interface RecordedInquiry {
  readonly asked: Required<Pick<Asked, 'project' | 'isMadeByScript'>>;
  /** When the check has ended. */
  readonly sources: () => CheckSources;
}

/** What a check was made from, besides what all files share. Data that can be written down. */
export interface CheckSources {
  /** Paths of files that were looked at, the checked one among them. */
  readonly files: readonly string[];
  /** Of those of which only what binds a name was: see `FactSources.parts`. */
  readonly parts: readonly string[];
  /** Paths of those of which only the surface was: what names they bind. */
  readonly named: readonly string[];
  /** Last parts of names that led to no module of that very name. */
  readonly missed: readonly string[];
  /** By the class that was asked about: the classes that name it as a base. */
  readonly subclasses: readonly Answer[];
  /** Qualified names of the models that were asked for, also where there is none. */
  readonly models: readonly string[];
  /** By the table that was asked about: the model. */
  readonly tables: readonly (readonly [name: string, schema: string | null, model: string | null])[];
  /** By the name that was asked about: the models that are mapped to a table of that name. */
  readonly mapped: readonly Answer[];
  /** By the name that was asked about: the models of that name. */
  readonly called: readonly Answer[];
  /** By the model that was asked about: those that inherit from its mapping. */
  readonly heirs: readonly Answer[];
  /** By the path that was asked about: the models that it declares. */
  readonly declared: readonly Answer[];
  /** By the path that was asked about: the models that have an attribute which it declares. */
  readonly owners: readonly Answer[];
  /** By path and name: whether a file binds it. */
  readonly bound: readonly (readonly [path: string, name: string, isBound: boolean])[];
  /** What was looked for in the texts of all files; where it was found is among `files`. */
  readonly searches: readonly (readonly [source: string, flags: string])[];
  /** What was found in the texts of all files, by what was looked for: nothing else of them counts. */
  readonly matches: readonly (readonly [
    source: string,
    flags: string,
    part: string,
    found: readonly string[],
  ])[];
  /** Columns that were looked for in scripts, and whether one makes them. */
  readonly scripts: readonly (readonly [missing: MissingColumn, made: boolean])[];
  /** True where it depends on every model. */
  readonly allModels: boolean;
  /** True where it depends on every file. */
  readonly all: boolean;
}

export type Answer = readonly [of: string, names: readonly string[]];

export function recordInquiry(workspace: WorkspaceSnapshot, path: string): RecordedInquiry {
  const { project: whole } = workspace;
  const inScripts = scriptsOf(workspace);
  const files = new Set([path]);
  const read = new Set([path]);
  const models = new Set<string>();
  const subclasses = new Map<string, readonly string[]>();
  const mapped = new Map<string, readonly string[]>();
  const called = new Map<string, readonly string[]>();
  const heirs = new Map<string, readonly string[]>();
  // Asked for each column of a file: whose they are is looked up once, at the end.
  const attributesOf = new Map<string, readonly DeclaredAttribute[]>();
  const searches = new Map<string, readonly [string, string]>();
  const matches = new Map<string, CheckSources['matches'][number]>();
  const scripts = new Map<string, CheckSources['scripts'][number]>();
  const bound = new Map<string, CheckSources['bound'][number]>();
  let all = false;
  let allModels = false;
  const noted = (names: Set<string>, name: string) => {
    names.add(name);
    return name;
  };
  const reading = (other: string) => noted(read, other);
  const everyFile = () => {
    all = true;
    return whole.files;
  };
  const everyModel = (): ReadonlyMap<string, Model> => {
    allModels = true;
    return whole.models;
  };
  const project: SqlAlchemyProject = {
    ...whole,
    files: onDemandMap(other => whole.files.get(noted(files, other)), everyFile),
    models: onDemandMap(name => whole.models.get(noted(models, name)), everyModel),
    factsOf: other => whole.factsOf(reading(other)),
    flowOf: other => whole.flowOf(reading(other)),
    factsWithin(other, node) {
      everyFile();
      return whole.factsWithin(other, node);
    },
    filesWith(pattern, part) {
      searches.set(String(pattern), [pattern.source, pattern.flags]);
      const found = whole.filesWith(pattern, part);
      for (const file of found) files.add(file.path);
      return found;
    },
    matchesIn(pattern, part) {
      const found = whole.matchesIn(pattern, part);
      matches.set(`${pattern} ${part}`, [pattern.source, pattern.flags, part, found]);
      return found;
    },
    binds(other, name) {
      const isBound = whole.binds(other, name);
      bound.set(`${other} ${name}`, [other, name, isBound]);
      return isBound;
    },
    subclassesOf: answering(subclasses, base => whole.subclassesOf(base)),
    modelsNamed: answering(called, name => whole.modelsNamed(name)),
    heirsOf: answering(heirs, model => whole.heirsOf(model)),
    modelsWithTable(name) {
      const found = whole.modelsWithTable(name);
      mapped.set(name, namesOf(found));
      return found;
    },
    attributesIn(other) {
      const attributes = whole.attributesIn(other);
      attributesOf.set(other, attributes);
      return attributes;
    },
  };
  const sources = (): CheckSources => {
    const parts = new Set<string>();
    const named = new Set<string>();
    const missed = new Set<string>();
    const tables: CheckSources['tables'][number][] = [];
    const declared = new Map<string, readonly string[]>();
    for (const other of read) {
      const asked = whole.sourcesOf(other);
      for (const each of asked.files) files.add(each);
      for (const each of asked.parts) parts.add(each);
      for (const each of asked.named) named.add(each);
      for (const each of asked.missed) missed.add(lastPart(each));
      for (const each of asked.models) models.add(each);
      for (const each of asked.subclasses) subclasses.set(...each);
      for (const each of asked.called) called.set(...each);
      for (const each of asked.declared) declared.set(...each);
      tables.push(...asked.tables);
      all ||= asked.all;
      allModels ||= asked.allModels;
    }
    const owners = [...attributesOf].map(([other, attributes]): Answer => [other, ownersOf(attributes)]);
    for (const [, names] of [...mapped, ...owners]) for (const name of names) models.add(name);
    return {
      files: [...files],
      parts: [...parts],
      named: [...named].filter(each => !files.has(each)),
      missed: [...missed],
      subclasses: [...subclasses],
      models: [...models],
      tables,
      mapped: [...mapped],
      called: [...called],
      heirs: [...heirs],
      declared: [...declared],
      owners,
      bound: [...bound.values()],
      searches: [...searches.values()],
      matches: [...matches.values()],
      scripts: [...scripts.values()],
      allModels,
      all,
    };
  };
  const isMadeByScript: ScriptSearch = missing => {
    const made = inScripts(missing);
    scripts.set(JSON.stringify(missing), [missing, made]);
    return made;
  };
  return { asked: { project, isMadeByScript }, sources };
}

/** Asks, and keeps what was answered. */
function answering(
  answers: Map<string, readonly string[]>,
  ask: (of: string) => readonly string[],
): (of: string) => readonly string[] {
  return of => {
    const names = ask(of);
    answers.set(of, names);
    return names;
  };
}

export function namesOf(models: readonly Model[]): readonly string[] {
  return models.map(({ qualifiedName }) => qualifiedName);
}

/** Qualified names of the models that have the attributes, each once. */
export function ownersOf(attributes: readonly DeclaredAttribute[]): readonly string[] {
  return [...new Set(namesOf(attributes.map(({ model }) => model)))];
}
