/** Many to many through a model of its own, whose primary key is both foreign keys; further columns can be added to it. */
import type { ModelPlan, ReferenceColumn } from '../model/model-plan.ts';
import { renderPlan } from '../model/model-scaffold.ts';
import { hasKey } from '../model/read-columns.ts';
import { newPlace } from '../model/read-plan.ts';
import { pluralOf, snakeOf } from '../names.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import { failed, type Rendering } from '../scaffold.ts';
import { associationProblems, associationTable } from './association-names.ts';

export function addAssociationObject(facts: ProjectFacts, model: ModelFact, target: ModelFact): Rendering {
  const name = `${model.name}${target.name}`;
  const attribute = pluralOf(snakeOf(name));
  const clashing = [model, target].filter(each => each.attributes.includes(attribute));
  const table = associationTable(facts, model, target);
  const problems = [
    ...associationProblems(facts, [model, target], table),
    ...(model === target
      ? [`${model.name} would be related to itself: write a class with two foreign keys, with New Model.`]
      : []),
    ...(facts.models.some(each => each.name === name) ? [`There is a model ${name} already.`] : []),
    ...clashing.map(each => `${each.name} has an attribute ${attribute} already.`),
    ...(facts.base?.hasKey
      ? [
          `${facts.base.name} gives every model a primary key of its own, so that both foreign keys cannot be it. Use New Model with two foreign keys.`,
        ]
      : []),
  ];
  if (problems.length > 0) return failed(...problems);
  const columns = [model, target].flatMap((each, place) => reference(each, place, attribute));
  const plan: ModelPlan = {
    name,
    table: facts.base?.namesTables ? null : table,
    ownTable: table,
    place:
      facts.places.find(each => each.path === model.path || model.path.startsWith(`${each.path}/`)) ??
      newPlace(facts),
    key: { kind: 'columns' },
    mixins: [],
    timestamps: false,
    columns,
  };
  return renderPlan(facts, plan, []);
}

function reference(target: ModelFact, keyPlace: number, other: string): readonly ReferenceColumn[] {
  if (!hasKey(target)) return [];
  const own = snakeOf(target.name);
  return [
    {
      kind: 'reference',
      name: `${own}_id`,
      target,
      nullable: false,
      unique: false,
      keyPlace,
      onDelete: 'CASCADE',
      relationship: { own, other },
    },
  ];
}
