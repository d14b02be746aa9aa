/** Which models are those of one function: see `local-models.ts`. */
import type { Model } from '../model.ts';

const local = new WeakSet<Model>();

export function noteLocal(model: Model): void {
  local.add(model);
}

export function isLocal(model: Model): boolean {
  return local.has(model);
}
