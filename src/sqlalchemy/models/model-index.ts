/** Models by the file that declares them, and by the table that they are mapped to. */
import { lastPart } from '../../base/dotted-name.ts';
import { keepSameItems } from '../../base/keep-equal.ts';
import type { Model } from '../model.ts';
import type { DeclaredAttribute } from '../project.ts';

export interface ModelIndex {
  /** In source order; the same list as before where it has the same models. */
  modelsOfFile(path: string): readonly Model[];
  /** Null where there is none or more than one. */
  modelOfTable(name: string, schema: string | null): Model | null;
  /** All whose rows are in a table of that name, whatever its schema: subclasses that share it among them. */
  modelsWithTable(name: string): readonly Model[];
  /** By the name of the class or table, and by the last part of the qualified one. */
  modelsNamed(name: string): readonly Model[];
  /** Models that inherit from the model's mapping, without those below them. */
  heirsOf(qualifiedName: string): readonly Model[];
  /** The same list for as long as the index is the same. */
  attributesIn(path: string): readonly DeclaredAttribute[];
}

const none: readonly Model[] = [];
const noAttributes: readonly DeclaredAttribute[] = [];

export function indexModels(models: ReadonlyMap<string, Model>, previous?: ModelIndex): ModelIndex {
  const byPath = groupByPath(models, previous);
  const byTable = groupByTable(models);
  const byTableName = onceAsked(() =>
    groupBy(models, ({ tableName, table }) => tableName ?? table?.name ?? []),
  );
  const byName = onceAsked(() =>
    groupBy(models, ({ name, qualifiedName }) => [name, lastPart(qualifiedName)]),
  );
  const byParent = onceAsked(() => groupBy(models, ({ inherits }) => (inherits ? [inherits.parent] : [])));
  const attributes = onceAsked(() => groupAttributes(models));
  return {
    modelsOfFile: path => byPath.get(path) ?? none,
    modelOfTable: (name, schema) => byTable.get(tableKey(name, schema)) ?? null,
    modelsWithTable: name => byTableName().get(name) ?? none,
    modelsNamed: name => byName().get(name) ?? none,
    heirsOf: qualifiedName => byParent().get(qualifiedName) ?? none,
    attributesIn: path => attributes().get(path) ?? noAttributes,
  };
}

/** Only what checks models asks. */
function onceAsked<Result>(work: () => Result): () => Result {
  let result: { readonly is: Result } | null = null;
  return () => {
    result ??= { is: work() };
    return result.is;
  };
}

/** In the order of the models; each once under each of its keys. */
function groupBy(
  models: ReadonlyMap<string, Model>,
  keysOf: (model: Model) => string | readonly string[],
): ReadonlyMap<string, readonly Model[]> {
  const groups = new Map<string, Model[]>();
  for (const model of models.values()) {
    for (const key of new Set([keysOf(model)].flat())) {
      const group = groups.get(key);
      if (group) group.push(model);
      else groups.set(key, [model]);
    }
  }
  return groups;
}

function groupAttributes(
  models: ReadonlyMap<string, Model>,
): ReadonlyMap<string, readonly DeclaredAttribute[]> {
  const byPath = new Map<string, DeclaredAttribute[]>();
  for (const model of models.values()) {
    for (const attribute of model.attributes) {
      const { path } = attribute.location;
      const known = byPath.get(path);
      if (known) known.push({ model, attribute });
      else byPath.set(path, [{ model, attribute }]);
    }
  }
  return byPath;
}

function groupByPath(
  models: ReadonlyMap<string, Model>,
  previous: ModelIndex | undefined,
): ReadonlyMap<string, readonly Model[]> {
  const groups = new Map<string, Model[]>();
  for (const model of models.values()) {
    const group = groups.get(model.location.path);
    if (group) group.push(model);
    else groups.set(model.location.path, [model]);
  }
  return new Map(
    [...groups].map(([path, group]) => {
      const inOrder = group.toSorted((a, b) => a.location.range.start - b.location.range.start);
      return [path, keepSameItems(previous?.modelsOfFile(path), inOrder)];
    }),
  );
}

/** Classes of a single-table hierarchy count as one: the parent. A name that several declare leads nowhere. */
function groupByTable(models: ReadonlyMap<string, Model>): ReadonlyMap<string, Model | null> {
  const byTable = new Map<string, Model | null>();
  for (const model of models.values()) {
    if (model.tableName === null) continue;
    const key = tableKey(model.tableName, model.schema);
    byTable.set(key, byTable.has(key) ? preferred(byTable.get(key) ?? null, model) : model);
  }
  return byTable;
}

function tableKey(name: string, schema: string | null): string {
  return `${schema ?? ''}.${name}`;
}

/** A class on a bare table stands for it. */
function preferred(known: Model | null, other: Model): Model | null {
  if (known?.kind === 'table' && other.kind !== 'table' && other.table === known.table) return other;
  if (other.kind === 'table' && known && known.table === other.table) return known;
  return null;
}
