/** The question for one of the project's models, and its answer. */
import { textAnswer } from '../answers.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import type { Answers, ItemQuestion } from '../scaffold.ts';

/** Where the user is: the file that is open, and the class that the cursor is in. */
export interface ActivePlace {
  readonly path: string | null;
  readonly className: string | null;
}

/** The model that the cursor is in comes first, else one of the file that is open. */
export function modelQuestion(
  facts: ProjectFacts,
  active: ActivePlace,
  prompt: string,
  id = 'model',
  title = 'Model',
): ItemQuestion {
  const models = [...facts.models].sort(byName);
  const first = activeModel(models, active) ?? models[0];
  return {
    kind: 'pick',
    id,
    title,
    prompt,
    options: models.map(model => ({ value: idOf(model), label: model.name, description: model.module })),
    ...(first ? { initial: idOf(first) } : {}),
  };
}

export function activeModel(
  models: readonly ModelFact[],
  { path, className }: ActivePlace,
): ModelFact | undefined {
  const near = models.filter(model => model.path === path);
  return near.find(model => model.name === className) ?? near[0];
}

/** By its whole name, or by the class's where it is unique. */
export function chosenModel({ models }: ProjectFacts, answers: Answers, id = 'model'): ModelFact | undefined {
  const chosen = textAnswer(answers, id);
  return models.find(each => idOf(each) === chosen) ?? models.find(each => each.name === chosen);
}

function idOf({ module, name }: ModelFact): string {
  return `${module}.${name}`;
}

function byName(a: ModelFact, b: ModelFact): number {
  return a.name < b.name ? -1 : 1;
}

export function noSuchModel(name: string): string {
  return `There is no model ${name || 'of that name'}. Choose one of the project's models.`;
}

/** Why a scaffold that changes models cannot be used. */
export function modelProblem({ models }: ProjectFacts): string | null {
  return models.length === 0 ? 'There is no model yet. Make one first, with New Model.' : null;
}
