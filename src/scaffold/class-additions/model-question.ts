/** The question for one of the project's models, and its answer. */
import { textAnswer } from '../answers.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import type { Answers, ItemQuestion } from '../scaffold.ts';

/** The model of the file that is open comes first. */
export function modelQuestion(
  facts: ProjectFacts,
  activePath: string | null,
  prompt: string,
  id = 'model',
  title = 'Model',
): ItemQuestion {
  const models = [...facts.models].sort(byName);
  const active = models.find(model => model.path === activePath) ?? models[0];
  return {
    kind: 'pick',
    id,
    title,
    prompt,
    options: models.map(model => ({ value: idOf(model), label: model.name, description: model.module })),
    ...(active ? { initial: idOf(active) } : {}),
  };
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
