/** Questions of a scaffold as an agent reads them: all of them, with as much of long lists as says what their values look like. */
import type { ItemQuestion, PickOption, Question } from '../base/question.ts';

/** Beyond these, an agent knows what a value looks like, and has other tools to find the one it wants. */
const shownOptions = 30;

export function questionReports(questions: readonly Question[]): readonly object[] {
  return questions.map(question =>
    question.kind === 'group'
      ? { ...question, questions: question.questions.map(itemReport) }
      : itemReport(question),
  );
}

function itemReport(question: ItemQuestion): object {
  if (question.kind === 'text' || question.kind === 'confirm') return question;
  const { options, ...rest } = question;
  const shown = options.slice(0, shownOptions).map(optionReport);
  const more = options.length - shown.length;
  return more === 0 ? { ...rest, options: shown } : { ...withShortInitial(rest), options: shown, more };
}

/** What people read beside the value is left out where it is the value again. */
function optionReport({ value, label, description, detail }: PickOption): object | string {
  const text = [label === value ? '' : label, description ?? '', detail ?? ''].filter(part => part !== '');
  return text.length === 0 ? value : { value, is: text.join(': ') };
}

/** A choice of all is said by leaving the answer out. */
function withShortInitial<Rest extends { readonly initial?: string | readonly string[] }>(
  rest: Rest,
): object {
  const { initial, ...others } = rest;
  if (!Array.isArray(initial) || initial.length <= shownOptions) return rest;
  return { ...others, initial: `${initial.length} of them` };
}
