/** The classes of the workspace that descend from a class. */
import type { LinkedProject } from '../linked-project.ts';
import type { ClassValue } from './value.ts';

/** Direct and indirect ones, those nearest first. */
export function subclassesOf(linked: LinkedProject, qualifiedName: string): readonly ClassValue[] {
  const found = new Map<string, ClassValue>();
  const pending = [qualifiedName];
  for (let base = pending.shift(); base !== undefined; base = pending.shift()) {
    for (const { qualifiedName: name, node, file } of linked.subclassesOf(base)) {
      if (found.has(name)) continue;
      found.set(name, { kind: 'class', qualifiedName: name, node, file });
      pending.push(name);
    }
  }
  return [...found.values()];
}
