/** Add Column: into a model that is there, after its columns; a foreign key brings its relationship into both models. */
import { textAnswer } from '../answers.ts';
import { addColumn } from '../class-additions/add-column.ts';
import { chosenModel, modelProblem, modelQuestion, noSuchModel } from '../class-additions/model-question.ts';
import { checkColumnAnswer } from '../model/check-column-answer.ts';
import { columnQuestions } from '../model/model-questions.ts';
import type { ProjectFacts } from '../project-facts.ts';
import {
  type AnswerCheck,
  type Answers,
  failed,
  type Question,
  type Rendering,
  type Scaffold,
} from '../scaffold.ts';

export const columnScaffold: Scaffold = {
  kind: 'column',
  title: 'Add Column',
  problem: modelProblem,
  questions,
  check,
  render,
};

function questions(
  facts: ProjectFacts,
  path: string | null,
  className: string | null = null,
): readonly Question[] {
  const model = modelQuestion(facts, { path, className }, 'The model that gets the column.');
  return [model, ...columnQuestions(facts)];
}

function check(facts: ProjectFacts, { path, value, answers }: AnswerCheck): string | null {
  const [question = ''] = path;
  const model = chosenModel(facts, answers);
  if (question === 'name' && model?.attributes.includes(value)) {
    return `${model.name} has an attribute ${value} already. Choose another name.`;
  }
  return checkColumnAnswer(question, value);
}

function render(facts: ProjectFacts, answers: Answers): Rendering {
  const reason = columnScaffold.problem(facts);
  if (reason !== null) return failed(reason);
  const model = chosenModel(facts, answers);
  return model ? addColumn(facts, model, answers) : failed(noSuchModel(textAnswer(answers, 'model')));
}
