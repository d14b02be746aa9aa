/** Which models are those of one function: see `local-models.ts`. */
import type { Model } from '../model.ts';

/** With the names of their relationships, of which no more is known. */
const local = new WeakMap<Model, ReadonlySet<string>>();

export function noteLocal(model: Model, relationships: Iterable<string>): void {
  local.set(model, new Set(relationships));
}

export function isLocal(model: Model): boolean {
  return local.has(model);
}

export function isLocalRelationship(model: Model, name: string): boolean {
  return local.get(model)?.has(name) === true;
}
