/** The names that an assignment's target binds, each with its share of the value where both are written out. */
import type { Expression, Name } from '../syntax.ts';

export interface BoundTarget {
  readonly name: Name;
  /** Null where there is no value, as in a loop. */
  readonly value: Expression | null;
  /** The value is the sequence that this name is one part of. */
  readonly unpacked: boolean;
}

export function boundTargets(target: Expression, value: Expression | null, unpacked = false): BoundTarget[] {
  switch (target.kind) {
    case 'name':
      return [{ name: target, value, unpacked }];
    case 'starred':
      return boundTargets(target.value, value, true);
    case 'tuple':
    case 'list': {
      const parts = partsOf(value, target.elements);
      return target.elements.flatMap((element, i) => {
        const part = parts?.[i];
        return part === undefined
          ? boundTargets(element, value, true)
          : boundTargets(element, part, unpacked);
      });
    }
    default:
      return [];
  }
}

/** The elements of a sequence that is written out and unpacked one by one. */
function partsOf(value: Expression | null, targets: readonly Expression[]): readonly Expression[] | null {
  if (value === null || (value.kind !== 'tuple' && value.kind !== 'list')) return null;
  const starred = [...targets, ...value.elements].some(element => element.kind === 'starred');
  return starred || value.elements.length !== targets.length ? null : value.elements;
}
