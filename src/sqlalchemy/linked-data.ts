/** A linked project as plain data, by which two can be compared: code is named by its file and place. */
import type { LinkedProject, RelationshipJoin } from './linked-project.ts';

export function linkedData({ models, engines, sessionFactories, joinOf }: LinkedProject): unknown {
  const joins = [...models.values()].flatMap(model =>
    model.attributes.flatMap(({ kind, name }) => {
      const join = kind === 'relationship' ? joinOf(model, name) : null;
      return join === null ? [] : [[model.qualifiedName, name, joinData(join)]];
    }),
  );
  return { models: [...models], joins, engines, sessionFactories };
}

/** With the text of the file that a condition is written in: what its names mean may stand anywhere there. */
function joinData({ target, pairs, secondary, custom, order }: RelationshipJoin): unknown {
  return {
    target,
    pairs,
    secondary,
    custom: custom && {
      places: [custom.primary, custom.secondary].map(each => each && [each.start, each.end]),
      text: custom.file.text,
      remote: custom.remote,
      foreign: custom.foreign,
      reversed: custom.reversed,
    },
    order: order && [order.file.text, order.written.start, order.written.end],
  };
}
