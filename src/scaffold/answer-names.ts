/** Answers to questions that nobody asks: an answer under a misspelt name would be left out in silence. */
import { nearestName } from '../base/suggest.ts';
import { itemsAnswer } from './answers.ts';
import type { Answers, Question } from './scaffold.ts';

/** One sentence for each name that is nearly the name of a question. A name that is like none may be that of a question which another project is asked. */
export function misspeltAnswers(questions: readonly Question[], answers: Answers): readonly string[] {
  const own = misspelt(
    questions.map(({ id }) => id),
    answers,
  );
  const inside = questions.flatMap(question =>
    question.kind === 'group'
      ? itemsAnswer(answers, question.id).flatMap(item => misspeltAnswers(question.questions, item))
      : [],
  );
  return [...own, ...inside];
}

function misspelt(ids: readonly string[], answers: Answers): readonly string[] {
  const open = ids.filter(id => answers[id] === undefined);
  return Object.keys(answers).flatMap(name => {
    const near = ids.includes(name) ? undefined : nearestName(name, open);
    return near === undefined ? [] : [`There is no question "${name}". Did you mean "${near}"?`];
  });
}
