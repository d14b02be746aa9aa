/** The edits that a new column of an existing model is, from the answers that a column of a new model has too. */
import { readColumns } from '../model/read-columns.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import { type Answers, failed, type Rendering } from '../scaffold.ts';
import { addToClasses } from './class-additions.ts';
import { columnAddition } from './column-addition.ts';
import { referenceAdditions } from './reference-additions.ts';

export function addColumn(facts: ProjectFacts, model: ModelFact, answers: Answers): Rendering {
  const problems: string[] = [];
  const [column] = readColumns([answers], { facts, model: model.name, problems });
  if (!column) return failed(...problems);
  if (model.attributes.includes(column.name)) {
    problems.push(`${model.name} has an attribute ${column.name} already. Choose another name.`);
  }
  const references =
    column.kind === 'reference' ? referenceAdditions(facts, model, column) : { additions: [], problems: [] };
  problems.push(...references.problems);
  if (problems.length > 0) return failed(...problems);
  const result = addToClasses(facts, [columnAddition(facts, model, column), ...references.additions]);
  if (result.problems.length > 0) return failed(...result.problems);
  return { files: result.files, open: model.path, problems: [] };
}
