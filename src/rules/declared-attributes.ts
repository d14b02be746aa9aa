/** Which mapped attributes a place in a file declares: a mixin's serves many models. */
import type { TextRange } from '../base/range.ts';
import { indexRanges, type RangeIndex } from '../base/range-index.ts';
import type { MappedAttribute, Model } from '../sqlalchemy/model.ts';
import type { SqlAlchemyProject } from '../sqlalchemy/project.ts';

export interface DeclaredAttribute {
  readonly model: Model;
  readonly attribute: MappedAttribute;
}

const indexes = new WeakMap<
  SqlAlchemyProject['models'],
  ReadonlyMap<string, RangeIndex<DeclaredAttribute>>
>();

/** Attributes of all models whose declaration, in this file, holds the range. */
export function attributesAt(
  project: SqlAlchemyProject,
  path: string,
  range: TextRange,
): readonly DeclaredAttribute[] {
  const index = indexes.get(project.models) ?? indexAttributes(project.models);
  indexes.set(project.models, index);
  return index.get(path)?.holding(range) ?? [];
}

function indexAttributes(
  models: SqlAlchemyProject['models'],
): ReadonlyMap<string, RangeIndex<DeclaredAttribute>> {
  const declared = new Map<string, DeclaredAttribute[]>();
  for (const model of models.values()) {
    for (const attribute of model.attributes) {
      const { path } = attribute.location;
      const known = declared.get(path);
      if (known) known.push({ model, attribute });
      else declared.set(path, [{ model, attribute }]);
    }
  }
  return new Map(
    [...declared].map(([path, attributes]) => [
      path,
      indexRanges(attributes, ({ attribute }) => attribute.location.range),
    ]),
  );
}
