/** What an association is called, and why two models cannot have one. */
import { pluralOf, snakeOf } from '../names.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';

/** `post_tags`, or `post_tag` where tables are in the singular. */
export function associationTable({ habits }: ProjectFacts, model: ModelFact, target: ModelFact): string {
  const snake = `${snakeOf(model.name)}_${snakeOf(target.name)}`;
  return habits.pluralTables ? pluralOf(snake) : snake;
}

export function associationProblems(
  facts: ProjectFacts,
  model: ModelFact,
  target: ModelFact,
): readonly string[] {
  const table = associationTable(facts, model, target);
  const keyless = [model, target].filter(each => each.key === null);
  return [
    ...keyless.map(({ name }) => `${name} has no single primary key column to point to.`),
    ...(model === target
      ? [`${model.name} would be related to itself: write a class with two foreign keys, with New Model.`]
      : []),
    ...(facts.models.some(each => each.table === table) ? [`There is a table ${table} already.`] : []),
  ];
}
