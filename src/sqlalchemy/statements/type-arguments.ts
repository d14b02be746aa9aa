/** The mapped class that a class gives its generic base: `class Users(Repository[User, UserCreate])`. */
import type { ClassDefinition } from '../../python/syntax.ts';
import type { Model } from '../model.ts';
import { followReference } from '../reading/reference.ts';
import { siteOf } from '../reading/site.ts';
import { valueOfAnnotation } from './annotations.ts';
import { entityOf } from './entities.ts';
import type { Evaluation } from './evaluation.ts';
import type { ClassValue, Value } from './value.ts';

const DEPTH_LIMIT = 6;

/**
 * What stands in the place of the type variable; null where that is no mapped class. A base that does not tell its
 * variables has to be given exactly one mapped class.
 */
export function typeArgument(evaluation: Evaluation, owner: ClassValue, variable: string): Value | null {
  const models = new Set(argumentsOf(evaluation, owner, variable, DEPTH_LIMIT));
  const [only, ...others] = models;
  return only === undefined || others.length > 0 ? null : entityOf(evaluation, only);
}

function argumentsOf(
  evaluation: Evaluation,
  owner: ClassValue,
  variable: string,
  depth: number,
): readonly Model[] {
  if (depth === 0) return [];
  return owner.node.arguments.flatMap(({ keyword, value: base }) => {
    if (keyword !== null) return [];
    const generic = base.kind === 'subscript' ? base.value : base;
    const parent = followReference(generic, siteOf(owner.file, evaluation.names));
    if (base.kind === 'subscript') {
      const place = parent.kind === 'class' ? typeVariables(parent.node).indexOf(variable) : -1;
      const asked = place < 0 ? base.indices : base.indices.slice(place, place + 1);
      const given = asked.map(each => valueOfAnnotation(evaluation, each, owner.file));
      const models = given.flatMap(each => (each.kind === 'instance' ? [each.model] : []));
      if (models.length > 0) return models;
    }
    return parent.kind === 'class' ? argumentsOf(evaluation, parent, variable, depth - 1) : [];
  });
}

/** In the order in which they are given: `class Repository[S, T]`, `Generic[S, T]`, or those of a generic base. */
function typeVariables(node: ClassDefinition): readonly string[] {
  if (node.typeParameters.length > 0) return node.typeParameters.map(each => each.name.id);
  const names = node.arguments.flatMap(({ value }) =>
    value.kind === 'subscript' ? value.indices.flatMap(each => (each.kind === 'name' ? [each.id] : [])) : [],
  );
  return [...new Set(names)];
}
