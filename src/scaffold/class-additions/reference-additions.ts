/** The relationship that a new foreign key of an existing model brings, on both of its sides, and what it changes for those there. */

import { keysBetween } from '../model/keys-between.ts';
import type { ReferenceColumn } from '../model/model-plan.ts';
import { targetImports } from '../model/render-class.ts';
import { otherSide, ownSide } from '../model/render-relationship.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import { importOwn } from '../python-code/import-own.ts';
import type { AdditionResult, ClassAddition } from './class-additions.ts';
import { existingModelPlan } from './existing-model.ts';
import { nameForeignKey } from './existing-relationships.ts';

export interface ReferenceAdditions {
  readonly additions: readonly ClassAddition[];
  readonly problems: AdditionResult['problems'];
}

export function referenceAdditions(
  facts: ProjectFacts,
  model: ModelFact,
  column: ReferenceColumn,
): ReferenceAdditions {
  const { relationship, target } = column;
  const other = target ?? model;
  const [key, ...more] = keysBetween(facts, model, other);
  // Where there are several already, each relationship names its own.
  const named = key && more.length === 0 ? nameForeignKey(facts, [model, other], key) : null;
  const before = named?.additions ?? [];
  const problems = [...(key?.inherits ? [inherited(model, other)] : []), ...(named?.problems ?? [])];
  if (relationship === null) return { additions: before, problems };
  problems.push(
    ...(model.attributes.includes(relationship.own) ? [taken(model, relationship.own, column)] : []),
    ...(other.attributes.includes(relationship.other) ? [taken(other, relationship.other, column)] : []),
  );
  const plan = existingModelPlan(model, [column]);
  const own = ownSide(column, plan, facts);
  const others = otherSide(column, plan, facts);
  const additions: readonly ClassAddition[] = [
    ...before,
    {
      path: model.path,
      className: model.name,
      columns: [],
      relationships: own.lines,
      before: [],
      imports: own.imports,
      typeImports: targetImports(facts, plan),
    },
    {
      path: other.path,
      className: other.name,
      columns: [],
      relationships: others.lines,
      before: [],
      imports: others.imports,
      typeImports: other.path === model.path ? [] : [importOwn(facts, model, other)],
    },
  ];
  return { additions, problems };
}

function taken({ name }: ModelFact, attribute: string, { name: column }: ReferenceColumn): string {
  return `${name} has an attribute ${attribute} already. Rename it, or add ${column} without a relationship.`;
}

/** The mapper itself would not know by which foreign key the subclass is joined. */
function inherited(model: ModelFact, target: ModelFact): string {
  return `The tables of ${model.name} and ${target.name} are joined by inheritance: with a second foreign key, __mapper_args__ must name the join in inherit_condition. Write it by hand.`;
}
