/** What an association and the attributes beside it are called, and why two models cannot have one. */
import { pluralOf, singularOf } from '../names.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import { subjectOf } from '../subject-name.ts';

export interface AssociationNames {
  readonly table: string;
  /** The columns that point to the first model and to the second. */
  readonly columns: readonly [string, string];
  /** The attribute of the first model. */
  readonly own: string;
  /** The attribute of the second model. */
  readonly other: string;
}

/**
 * `tags` and `posts`; `asked` is the first model's attribute where the user names it. A model that is related to itself
 * has `children` and `parents`, or `followers` and `follower_of`.
 */
export function associationNames(
  facts: ProjectFacts,
  model: ModelFact,
  target: ModelFact,
  asked: string,
): AssociationNames {
  const [from, to] = [subjectOf(facts, model.name), subjectOf(facts, target.name)];
  if (model !== target) {
    const table = associationTable(facts, model, target);
    return { table, columns: [`${from}_id`, `${to}_id`], own: asked || pluralOf(to), other: pluralOf(from) };
  }
  const own = asked || 'children';
  const one = singularOf(own);
  return {
    table: numbered(facts, `${from}_${one}`),
    columns: [one === 'child' || one === from ? 'parent_id' : `${from}_id`, `${one}_id`],
    own,
    other: one === 'child' ? 'parents' : `${one}_of`,
  };
}

/** `post_tags`, or `post_tag` where tables are in the singular. */
export function associationTable(facts: ProjectFacts, model: ModelFact, target: ModelFact): string {
  return numbered(facts, `${subjectOf(facts, model.name)}_${subjectOf(facts, target.name)}`);
}

function numbered({ habits }: ProjectFacts, snake: string): string {
  return habits.pluralTables ? pluralOf(snake) : snake;
}

export function associationProblems(
  facts: ProjectFacts,
  models: readonly ModelFact[],
  table: string,
): readonly string[] {
  const keyless = [...new Set(models)].filter(each => each.key === null);
  return [
    ...keyless.map(({ name }) => `${name} has no single primary key column to point to.`),
    ...(facts.models.some(each => each.table === table) ? [`There is a table ${table} already.`] : []),
  ];
}
