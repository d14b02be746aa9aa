/** The mapped class that a class gives its generic base: `class Users(Repository[User, UserCreate])`. */
import type { Model } from '../model.ts';
import { followReference } from '../reading/reference.ts';
import { siteOf } from '../reading/site.ts';
import { valueOfAnnotation } from './annotations.ts';
import { entityOf } from './entities.ts';
import type { Evaluation } from './evaluation.ts';
import type { ClassValue, Value } from './value.ts';

const DEPTH_LIMIT = 6;

/** Null where no base has exactly one mapped class among its arguments. */
export function typeArgument(evaluation: Evaluation, owner: ClassValue): Value | null {
  const models = new Set(argumentsOf(evaluation, owner, DEPTH_LIMIT));
  const [only, ...others] = models;
  return only === undefined || others.length > 0 ? null : entityOf(evaluation, only);
}

function argumentsOf(evaluation: Evaluation, owner: ClassValue, depth: number): readonly Model[] {
  if (depth === 0) return [];
  return owner.node.arguments.flatMap(({ keyword, value: base }) => {
    if (keyword !== null) return [];
    if (base.kind === 'subscript') {
      const given = base.indices.map(each => valueOfAnnotation(evaluation, each, owner.file));
      const models = given.flatMap(each => (each.kind === 'instance' ? [each.model] : []));
      if (models.length > 0) return models;
    }
    const generic = base.kind === 'subscript' ? base.value : base;
    const parent = followReference(generic, siteOf(owner.file, evaluation.names));
    return parent.kind === 'class' ? argumentsOf(evaluation, parent, depth - 1) : [];
  });
}
