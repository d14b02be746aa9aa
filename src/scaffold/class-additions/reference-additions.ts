/** The relationship that a new foreign key of an existing model brings, on both of its sides. */
import type { ReferenceColumn } from '../model/model-plan.ts';
import { targetImports } from '../model/render-class.ts';
import { otherSide, ownSide } from '../model/render-relationship.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import { importOwn } from '../python-code/import-own.ts';
import type { AdditionResult, ClassAddition } from './class-additions.ts';
import { existingModelPlan } from './existing-model.ts';

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
  if (relationship === null) return { additions: [], problems: [] };
  const other = target ?? model;
  const problems = [
    ...(model.attributes.includes(relationship.own) ? [taken(model, relationship.own, column)] : []),
    ...(other.attributes.includes(relationship.other) ? [taken(other, relationship.other, column)] : []),
    ...(pointsTo(model, other) ? [ambiguous(model, other)] : []),
  ];
  const plan = existingModelPlan(model, [column]);
  const own = ownSide(column, plan, facts);
  const others = otherSide(column, plan, facts);
  const additions: readonly ClassAddition[] = [
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

function pointsTo(model: ModelFact, target: ModelFact): boolean {
  return model.references.some(table => table === target.table);
}

/** Two ways between the same tables leave every relationship between them undecided. */
function ambiguous(model: ModelFact, target: ModelFact): string {
  return `${model.name} points to ${target.name} already: with a second foreign key, each relationship between them must name its own in foreign_keys. Add the column without a relationship, and write both by hand.`;
}
