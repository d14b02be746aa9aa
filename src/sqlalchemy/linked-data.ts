/** A linked project as plain data, by which two can be compared: code is named by its file and what is written. */
import type { LinkedProject, RelationshipJoin } from './linked-project.ts';
import type { Model } from './model.ts';
import type { LinkedData } from './project.ts';

type Join = readonly [relationship: string, join: RelationshipJoin];

interface Known {
  readonly joins: readonly Join[];
  readonly data: object;
}

/** Most changes leave most models alone. */
const knownModels = new WeakMap<Model, Known>();

export function linkedData({ models, engines, sessionFactories, joinOf }: LinkedProject): LinkedData {
  const data = new Map<string, object>();
  for (const [name, model] of models) data.set(name, modelData(model, joinOf));
  return { models: data, engines, sessionFactories };
}

function modelData(model: Model, joinOf: LinkedProject['joinOf']): object {
  const joins: Join[] = [];
  for (const { kind, name } of model.attributes) {
    const join = kind === 'relationship' ? joinOf(model, name) : null;
    if (join !== null) joins.push([name, join]);
  }
  const known = knownModels.get(model);
  const isKnown =
    known?.joins.length === joins.length &&
    joins.every(([name, join], index) => known.joins[index]?.[0] === name && known.joins[index][1] === join);
  if (known && isKnown) return known.data;
  const data = [model, joins.map(([name, join]) => [name, joinData(join)])];
  knownModels.set(model, { joins, data });
  return data;
}

/** What names mean in a condition is asked of the module that it is written in. */
function joinData({ target, pairs, secondary, custom, order }: RelationshipJoin): unknown {
  return {
    target,
    pairs,
    secondary,
    custom: custom && {
      path: custom.file.path,
      written: [custom.primary, custom.secondary].map(
        each => each && custom.file.text.slice(each.start, each.end),
      ),
      remote: custom.remote,
      foreign: custom.foreign,
      reversed: custom.reversed,
    },
    order: order && [order.file.path, order.file.text.slice(order.written.start, order.written.end)],
  };
}
