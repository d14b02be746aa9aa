/** The classes of the workspace that descend from a class. */
import type { LinkedProject, Subclass } from '../linked-project.ts';
import type { Model } from '../model.ts';
import type { ClassValue } from './value.ts';

/** Direct and indirect ones, those nearest first. */
export function subclassesOf(linked: LinkedProject, qualifiedName: string): readonly ClassValue[] {
  return descendants(linked, qualifiedName).map(({ qualifiedName: name, node, file }) => ({
    kind: 'class',
    qualifiedName: name,
    node,
    file,
  }));
}

/** Those of them that are mapped: their code is not looked at. */
export function mappedSubclassesOf(linked: LinkedProject, qualifiedName: string): readonly Model[] {
  return descendants(linked, qualifiedName).flatMap(each => linked.models.get(each.qualifiedName) ?? []);
}

function descendants(linked: LinkedProject, qualifiedName: string): readonly Subclass[] {
  const found = new Map<string, Subclass>();
  const pending = [qualifiedName];
  for (let base = pending.shift(); base !== undefined; base = pending.shift()) {
    for (const subclass of linked.subclassesOf(base)) {
      if (found.has(subclass.qualifiedName)) continue;
      found.set(subclass.qualifiedName, subclass);
      pending.push(subclass.qualifiedName);
    }
  }
  return [...found.values()];
}
