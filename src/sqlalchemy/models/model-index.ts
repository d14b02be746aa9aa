/** Models by the file that declares them, and by the table that they are mapped to. */
import { keepSameItems } from '../../base/keep-equal.ts';
import type { Model } from '../model.ts';

export interface ModelIndex {
  /** In source order; the same list as before where it has the same models. */
  modelsOfFile(path: string): readonly Model[];
  /** Null where there is none or more than one. */
  modelOfTable(name: string, schema: string | null): Model | null;
}

const none: readonly Model[] = [];

export function indexModels(models: ReadonlyMap<string, Model>, previous?: ModelIndex): ModelIndex {
  const byPath = groupByPath(models, previous);
  const byTable = groupByTable(models);
  return {
    modelsOfFile: path => byPath.get(path) ?? none,
    modelOfTable: (name, schema) => byTable.get(tableKey(name, schema)) ?? null,
  };
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
