/** The tables of a class joined with those of its subclasses. */
import type { Model } from '../model.ts';
import type { FromElement, JoinFrom } from './ir.ts';

/**
 * `Mapper._selectable_from_mappers`: `models` are the class and the subclasses, `joined` gives the tables of one with
 * those of its parents. The class's own tables where no subclass has one; null where one of them is not known.
 */
export function tablesTogether(
  models: readonly [Model, ...Model[]],
  joined: (model: Model) => FromElement | null,
  style: JoinFrom['style'],
): FromElement | null {
  const [base, ...others] = models;
  let from = joined(base);
  for (const model of others) {
    if (model.inherits?.style === 'concrete') return null;
    if (model.inherits?.style !== 'joined') continue;
    const whole = joined(model);
    if (whole?.kind !== 'join' || from === null) return null;
    const { right, on } = whole;
    from = { kind: 'join', model: base, polymorphic: models, left: from, right, on, style, at: null };
  }
  return from;
}
