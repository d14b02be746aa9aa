/** Which mapped attributes a place in a file declares: a mixin's serves many models. */
import type { TextRange } from '../../../base/range.ts';
import { indexRanges, type RangeIndex } from '../../../base/range-index.ts';
import type { DeclaredAttribute, SqlAlchemyProject } from '../../../sqlalchemy/project.ts';

const indexes = new WeakMap<readonly DeclaredAttribute[], RangeIndex<DeclaredAttribute>>();

/** Attributes of all models whose declaration, in this file, holds the range. */
export function attributesAt(
  project: SqlAlchemyProject,
  path: string,
  range: TextRange,
): readonly DeclaredAttribute[] {
  const attributes = project.attributesIn(path);
  const index =
    indexes.get(attributes) ?? indexRanges(attributes, ({ attribute }) => attribute.location.range);
  indexes.set(attributes, index);
  return index.holding(range);
}
