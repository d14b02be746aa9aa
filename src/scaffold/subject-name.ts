/** What a model is about: its name without the ending that all of the project's models have, such as `Model` or `ORM`. */
import { snakeOf } from './names.ts';
import type { ModelHabits } from './project-facts.ts';

interface Named {
  readonly habits: Pick<ModelHabits, 'ending'>;
}

/** `UserModel` to `User`, in a project of such names. */
export function withoutEnding({ habits: { ending } }: Named, name: string): string {
  return ending !== '' && name.endsWith(ending) && name !== ending ? name.slice(0, -ending.length) : name;
}

/** The same in snake case: `user`. */
export function subjectOf(facts: Named, name: string): string {
  return snakeOf(withoutEnding(facts, name));
}
