/** The mapped attribute that a class body's assignment declares. */
import type { Name } from '../../python/syntax.ts';
import type { MappedAttribute, Model } from '../../sqlalchemy/model.ts';
import type { SqlAlchemyProject } from '../../sqlalchemy/project.ts';
import type { FileConversion } from './file-conversion.ts';

export interface DeclaredAttribute {
  /** The class that has it; of a mixin's, the first. */
  readonly model: Model;
  readonly attribute: MappedAttribute;
}

const indexes = new WeakMap<SqlAlchemyProject['models'], ReadonlyMap<string, DeclaredAttribute>>();

export function declaredAttribute(
  { project, file }: FileConversion,
  { id, start }: Name,
): DeclaredAttribute | null {
  const index = indexes.get(project.models) ?? indexOf(project);
  indexes.set(project.models, index);
  return index.get(keyOf(file.path, start, id)) ?? null;
}

function indexOf({ models }: SqlAlchemyProject): ReadonlyMap<string, DeclaredAttribute> {
  const index = new Map<string, DeclaredAttribute>();
  for (const model of models.values()) {
    for (const attribute of model.attributes) {
      const key = keyOf(attribute.location.path, attribute.nameRange.start, attribute.name);
      if (!index.has(key)) index.set(key, { model, attribute });
    }
  }
  return index;
}

function keyOf(path: string, start: number, name: string): string {
  return `${start}:${name}:${path}`;
}
