/** Functions that `yield`. */
import type { FunctionDefinition } from './syntax.ts';
import { walk } from './walk.ts';

const generators = new WeakMap<FunctionDefinition, boolean>();

export function isGenerator(node: FunctionDefinition): boolean {
  const known = generators.get(node);
  if (known !== undefined) return known;
  const yields = node.body.some(statement => {
    for (const each of walk(statement)) if (each.kind === 'yield') return true;
    return false;
  });
  generators.set(node, yields);
  return yields;
}
