/** Add Relationship: both models are edited, and the foreign key, association table or association object is added. */
import { textAnswer, yesAnswer } from '../answers.ts';
import { addColumn } from '../class-additions/add-column.ts';
import { chosenModel, modelProblem, modelQuestion, noSuchModel } from '../class-additions/model-question.ts';
import { checkColumnName } from '../model/check-names.ts';
import { referenceType, selfReference } from '../model/model-questions.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import {
  type AnswerCheck,
  type Answers,
  failed,
  type Question,
  type Rendering,
  type Scaffold,
} from '../scaffold.ts';
import { subjectOf } from '../subject-name.ts';
import { associationNames } from './association-names.ts';
import { addAssociationObject, linkAttribute } from './association-object.ts';
import { addAssociationTable } from './association-table.ts';

export const relationshipScaffold: Scaffold = {
  kind: 'relationship',
  title: 'Add Relationship',
  problem: modelProblem,
  questions,
  check: (_facts, { path, value }: AnswerCheck) => (path[0] === 'name' ? checkColumnName(value) : null),
  suggest: (facts, { path: [first], answers }) => (first === 'name' ? usualName(facts, answers) : null),
  render,
};

const byKey = { question: 'kind', is: ['many-to-one', 'one-to-one'] };

function questions(
  facts: ProjectFacts,
  path: string | null,
  className: string | null = null,
): readonly Question[] {
  const { models } = facts;
  return [
    modelQuestion(
      facts,
      { path, className },
      'The model that the relationship begins at; of a foreign key, the one that has it.',
    ),
    {
      kind: 'pick',
      id: 'kind',
      title: 'Kind',
      prompt: 'How many rows are related to how many.',
      options: [
        { value: 'many-to-one', label: 'Many to one', description: 'a foreign key' },
        { value: 'one-to-one', label: 'One to one', description: 'a foreign key that is unique' },
        { value: 'many-to-many', label: 'Many to many', description: 'an association table' },
        {
          value: 'association-object',
          label: 'Many to many, with columns of its own',
          description: 'an association object',
        },
      ],
      initial: 'many-to-one',
    },
    modelQuestion(
      { ...facts, models: models.filter(model => model.key !== null) },
      { path: null, className: null },
      'The model that it leads to.',
      'target',
      'Target',
    ),
    {
      kind: 'text',
      id: 'name',
      title: 'Attribute',
      prompt: 'The name in the first model. Leave it empty for that of the target.',
      optional: true,
      when: { question: 'kind', is: [...byKey.is, 'many-to-many', 'association-object'] },
    },
    {
      kind: 'pick',
      id: 'onDelete',
      title: 'On delete',
      prompt: 'What happens to the row when its target is deleted.',
      options: [
        { value: 'NO ACTION', label: 'Refuse' },
        { value: 'CASCADE', label: 'Delete the row too' },
        { value: 'SET NULL', label: 'Empty the column', description: 'a row may then be without it' },
        { value: 'RESTRICT', label: 'Refuse at once' },
      ],
      initial: 'NO ACTION',
      when: byKey,
    },
    {
      kind: 'confirm',
      id: 'nullable',
      title: 'Optional',
      prompt: 'May a row be without it?',
      initial: false,
      // A column that is emptied may be empty.
      when: { question: 'onDelete', is: ['NO ACTION', 'CASCADE', 'RESTRICT'] },
    },
  ];
}

function render(facts: ProjectFacts, answers: Answers): Rendering {
  const reason = relationshipScaffold.problem(facts);
  if (reason !== null) return failed(reason);
  const model = chosenModel(facts, answers);
  const target = chosenModel(facts, answers, 'target');
  if (!model) return failed(noSuchModel(textAnswer(answers, 'model')));
  if (!target) return failed(noSuchModel(textAnswer(answers, 'target')));
  switch (textAnswer(answers, 'kind')) {
    case 'many-to-many':
      return addAssociationTable(facts, model, target, textAnswer(answers, 'name'));
    case 'association-object':
      return addAssociationObject(facts, [model, target], textAnswer(answers, 'name'));
    case 'one-to-one':
      return addColumn(facts, model, referenceAnswers(facts, [model, target], { ...answers, single: true }));
    default:
      return addColumn(facts, model, referenceAnswers(facts, [model, target], { ...answers, single: false }));
  }
}

/** What the attribute is called where nobody names it. */
function usualName(facts: ProjectFacts, answers: Answers): string | null {
  const [model, target] = [chosenModel(facts, answers), chosenModel(facts, answers, 'target')];
  if (!model || !target) return null;
  switch (textAnswer(answers, 'kind')) {
    case 'many-to-many':
      return associationNames(facts, model, target, '').own;
    case 'association-object':
      return linkAttribute(facts, [model, target]);
    default:
      return keyName(facts, model, target);
  }
}

/** Of a foreign key without its `_id`. */
function keyName(facts: ProjectFacts, model: ModelFact, target: ModelFact): string {
  return model === target ? 'parent' : subjectOf(facts, target.name);
}

/** As Add Column would be answered. */
function referenceAnswers(
  facts: ProjectFacts,
  [model, target]: readonly [ModelFact, ModelFact],
  answers: Answers,
): Answers {
  const own = model === target;
  const name = textAnswer(answers, 'name') || keyName(facts, model, target);
  const emptied = textAnswer(answers, 'onDelete') === 'SET NULL';
  return {
    name: `${name}_id`,
    type: referenceType,
    target: own ? selfReference : `${target.module}.${target.name}`,
    nullable: yesAnswer(answers, 'nullable') || own || (emptied && answers.nullable === undefined),
    single: yesAnswer(answers, 'single'),
    onDelete: textAnswer(answers, 'onDelete'),
    relationship: true,
  };
}
