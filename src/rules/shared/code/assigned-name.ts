/** The name that what stands in an assignment is bound to: `factory` of `factory = sessionmaker(…)`. */
import type { FileContext } from '../../rule.ts';

/** Null outside of an assignment, and where its first target is no plain name. */
export function assignedName({ ancestors }: Pick<FileContext, 'ancestors'>): string | null {
  const target = ancestors.findLast(each => each.kind === 'assignment')?.targets[0];
  return target?.kind === 'name' ? target.id : null;
}
