/** What the facts of a file were read from, by names that outlast the versions of a project. */

import { partKey } from './file-parts.ts';
import type { LinkedProject } from './linked-project.ts';
import type { FactSources } from './project.ts';
import type { AskedModules } from './recorded-modules.ts';
import type { RecordedSources } from './recorded-project.ts';

interface MutableSources extends FactSources {
  readonly files: Set<string>;
  readonly parts: Set<string>;
  readonly named: Set<string>;
  readonly missed: Set<string>;
  readonly subclasses: Map<string, readonly string[]>;
  readonly models: Set<string>;
  readonly tables: (readonly [name: string, schema: string | null, model: string | null])[];
  readonly called: Map<string, readonly string[]>;
  readonly declared: Map<string, readonly string[]>;
  allModels: boolean;
  all: boolean;
}

/** Of the file at the path, from what its readings recorded. */
export function factSources(
  path: string,
  recorded: readonly RecordedSources[],
  linked: LinkedProject,
): FactSources {
  const sources: MutableSources = {
    files: new Set([path]),
    parts: new Set(),
    named: new Set(),
    missed: new Set(),
    subclasses: new Map(),
    models: new Set(),
    tables: [],
    called: new Map(),
    declared: new Map(),
    allModels: false,
    all: false,
  };
  for (const each of recorded) addSources(sources, each, linked);
  return sources;
}

function addSources(sources: MutableSources, recorded: RecordedSources, linked: LinkedProject): void {
  const { modules, files, bases, models, tables, called, declaring, allModels, all } = recorded;
  for (const path of files) sources.files.add(path);
  for (const part of partsIn(modules)) sources.parts.add(part);
  for (const { path } of modules.named.values()) sources.named.add(path);
  for (const name of modules.missed) sources.missed.add(name);
  for (const name of models) sources.models.add(name);
  for (const base of bases) {
    const names = linked.subclassesOf(base).map(({ qualifiedName }) => qualifiedName);
    sources.subclasses.set(base, names);
  }
  for (const [name, schema] of tables) {
    const model = linked.modelOfTable(name, schema)?.qualifiedName ?? null;
    sources.tables.push([name, schema, model]);
    if (model !== null) sources.models.add(model);
  }
  for (const name of called) {
    const names = linked.modelsNamed(name).map(({ qualifiedName }) => qualifiedName);
    sources.called.set(name, names);
    for (const each of names) sources.models.add(each);
  }
  for (const path of declaring) {
    const names = linked.modelsOfFile(path).map(({ qualifiedName }) => qualifiedName);
    sources.declared.set(path, names);
    for (const name of names) sources.models.add(name);
  }
  sources.allModels ||= allModels;
  sources.all ||= all;
}

/** Worked out once of what the flows of many files were read from. */
const parts = new WeakMap<AskedModules, readonly string[]>();

function partsIn(modules: AskedModules): readonly string[] {
  const known = parts.get(modules);
  if (known !== undefined) return known;
  const found = [...modules.parts].flatMap(([module, names]) => {
    const path = modules.read.get(module)?.path ?? '';
    return [...names].map(name => partKey(path, name));
  });
  parts.set(modules, found);
  return found;
}
