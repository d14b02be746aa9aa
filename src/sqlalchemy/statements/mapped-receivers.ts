/**
 * Mapped classes for which a method of a mixin or of an abstract base is read: `select(cls)` means the class that it
 * is called on. Only those that have what the method names of its class: what others lack, it is not called for.
 */
import type { FunctionDefinition } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { Model } from '../model.ts';
import { classMember } from '../reading/class-members.ts';
import { siteOf } from '../reading/site.ts';
import { SUBCLASS_LIMIT } from './concretions.ts';
import type { Evaluation } from './evaluation.ts';
import { subclassesOf } from './subclasses.ts';
import type { ClassValue } from './value.ts';

/** Empty where the method says nothing of its class, or no mapped class is known that it is meant for. */
export function mappedReceivers(
  evaluation: Evaluation,
  owner: ClassValue,
  method: FunctionDefinition,
): readonly Model[] {
  const text = evaluation.file.text.slice(method.start, method.end);
  if (!/\bcls\b|\b__class__\b|\btype\(self\)/.test(text)) return [];
  const models = subclassesOf(evaluation.linked, owner.qualifiedName).flatMap(
    ({ qualifiedName }) => evaluation.linked.models.get(qualifiedName) ?? [],
  );
  if (models.length === 0) return [];
  const site = siteOf(owner.file, evaluation.names);
  const asked = namesAsked(method).filter(
    name =>
      !name.startsWith('__') && !given.has(name) && classMember(owner.qualifiedName, name, site) === null,
  );
  const fitting = models.filter(model => !model.incomplete && hasAll(model, asked, evaluation));
  return fitting.slice(0, SUBCLASS_LIMIT);
}

/** What every mapped class has. */
const given: ReadonlySet<string> = new Set(['query', 'metadata', 'registry', 'c', 'columns', 'mro']);

/** Attributes of `cls`, `self`, `type(self)` and `self.__class__`, and the keywords of `filter_by()`. */
function namesAsked(method: FunctionDefinition): readonly string[] {
  const names = new Set<string>();
  for (const each of walk(method)) {
    if (each.kind === 'attribute') {
      const { value: owner } = each;
      const isOwn = owner.kind === 'name' && (owner.id === 'cls' || owner.id === 'self');
      const isClass =
        (owner.kind === 'attribute' && owner.attribute.id === '__class__') ||
        (owner.kind === 'call' && owner.function.kind === 'name' && owner.function.id === 'type');
      if (isOwn || isClass) names.add(each.attribute.id);
    } else if (each.kind === 'call' && each.function.kind === 'attribute') {
      if (each.function.attribute.id !== 'filter_by') continue;
      for (const { keyword } of each.arguments) if (keyword !== null) names.add(keyword.id);
    }
  }
  return [...names];
}

function hasAll(
  { attributes, qualifiedName }: Model,
  names: readonly string[],
  evaluation: Evaluation,
): boolean {
  return names.every(
    name =>
      attributes.some(each => each.name === name) ||
      evaluation.linked.definitionOf(`${qualifiedName}.${name}`) !== null,
  );
}
