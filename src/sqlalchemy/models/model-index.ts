/** Models by the file that declares them, and by the table that they are mapped to. */
import { lastPart } from '../../base/dotted-name.ts';
import { groupBy } from '../../base/group-by.ts';
import { keepSameItems } from '../../base/keep-equal.ts';
import { once } from '../../base/once.ts';
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
  // Only what checks models asks.
  const byTableName = once(() =>
    groupBy(models.values(), ({ tableName, table }) => tableName ?? table?.name ?? []),
  );
  const byName = once(() =>
    groupBy(models.values(), ({ name, qualifiedName }) => [name, lastPart(qualifiedName)]),
  );
  const byParent = once(() => groupBy(models.values(), ({ inherits }) => inherits?.parent ?? []));
  const attributes = once(() => groupAttributes(models));
  return {
    modelsOfFile: path => byPath.get(path) ?? none,
    modelOfTable: (name, schema) => byTable.get(tableKey(name, schema)) ?? null,
    modelsWithTable: name => byTableName().get(name) ?? none,
    modelsNamed: name => byName().get(name) ?? none,
    heirsOf: qualifiedName => byParent().get(qualifiedName) ?? none,
    attributesIn: path => attributes().get(path) ?? noAttributes,
  };
}

function groupAttributes(
  models: ReadonlyMap<string, Model>,
): ReadonlyMap<string, readonly DeclaredAttribute[]> {
  const declared = [...models.values()].flatMap(model =>
    model.attributes.map(attribute => ({ model, attribute })),
  );
  return groupBy(declared, ({ attribute }) => attribute.location.path);
}

function groupByPath(
  models: ReadonlyMap<string, Model>,
  previous: ModelIndex | undefined,
): ReadonlyMap<string, readonly Model[]> {
  const groups = groupBy(models.values(), ({ location }) => location.path);
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
