/** Classes that a function maps for itself, as revisions and tests do. No schema of today says anything of their tables. */
import type { ClassDefinition } from '../../python/syntax.ts';
import type { Model } from '../model.ts';
import { createHierarchy } from '../models/class-hierarchy.ts';
import type { AttributeDraft, ModelDraft } from '../models/drafts.ts';
import { fitPackages } from '../models/fit-packages.ts';
import { linkModels } from '../models/link-models.ts';
import { createMadeClasses } from '../models/made-classes.ts';
import { readClass } from '../models/read-class.ts';
import { entityOf } from './entities.ts';
import type { Evaluation } from './evaluation.ts';
import { noteLocal } from './local-tables.ts';
import type { Value } from './value.ts';

/** What the class statement of a function binds: the mapped class, or one that is not mapped. */
export function localClass(evaluation: Evaluation, node: ClassDefinition): Value {
  const { file, names } = evaluation;
  const name = { kind: 'name', id: node.name.id, start: node.name.start, end: node.name.end } as const;
  const qualifiedName = names.qualify(name, file) ?? `${file.name}.<locals>.${node.name.id}`;
  const model = localModel(evaluation, node, qualifiedName);
  return model === null ? { kind: 'class', qualifiedName, node, file } : entityOf(evaluation, model);
}

function localModel(evaluation: Evaluation, node: ClassDefinition, qualifiedName: string): Model | null {
  const known = evaluation.localModels.get(node);
  if (known !== undefined) return known;
  const model = declaresTable(node) ? readModel(evaluation, node, qualifiedName) : null;
  evaluation.localModels.set(node, model);
  return model;
}

function declaresTable({ body }: ClassDefinition): boolean {
  return body.some(
    each =>
      each.kind === 'assignment' &&
      each.targets.some(target => target.kind === 'name' && /^__table(?:name)?__$/.test(target.id)),
  );
}

/** By itself: null for a class that inherits from another mapped one. */
function readModel(
  { file, names, linked }: Evaluation,
  node: ClassDefinition,
  qualifiedName: string,
): Model | null {
  const made = createMadeClasses(names);
  const hierarchy = createHierarchy(made.names, made);
  const draft = readClass({ qualifiedName, file, node }, hierarchy, made, { get: () => undefined });
  if (draft === null || draft.parent !== null || draft.table === null) return null;
  const fitted = fitPackages(alone(draft), linked.packagesOf(file.path));
  const model = linkModels([fitted]).models.get(qualifiedName) ?? null;
  const relationships = draft.attributes.filter(each => each.kind === 'relationship');
  if (model !== null)
    noteLocal(
      model,
      relationships.map(each => each.name),
    );
  return model;
}

/** Its relationships are attributes of which no more is said: they may lead to classes of the same function. */
function alone(draft: ModelDraft): ModelDraft {
  return { ...draft, attributes: draft.attributes.map(withoutTarget) };
}

function withoutTarget(attribute: AttributeDraft): AttributeDraft {
  if (attribute.kind !== 'relationship') return attribute;
  const { name, location, nameRange } = attribute;
  return { kind: 'plain', name, location, nameRange };
}
