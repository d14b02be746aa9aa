/**
 * Asks questions one after the other, with a way back. Knows no editor: a prompter shows one question at a time,
 * so the order of steps can be tested with replies written down in advance.
 */
import type { Answer, Answers, GroupQuestion, ItemQuestion, Question } from '../../protocol/scaffold.ts';

export type Reply<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'back' }
  | { readonly kind: 'cancel' };

export type GroupAction =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit'; readonly index: number }
  | { readonly kind: 'remove'; readonly index: number }
  | { readonly kind: 'done' };

/** What a prompter needs besides the question. */
export interface Step {
  readonly title: string;
  /** From one. */
  readonly number: number;
  /** As far as the answers so far tell, and the usual ones to what has not been asked. */
  readonly total: number;
  readonly canGoBack: boolean;
  /** The answer given before, when the user comes back to a question. */
  readonly earlier: Answer | undefined;
  /** Why a text cannot be taken, or null. */
  readonly check: (value: string) => Promise<string | null>;
  /** What it means to leave the question empty; null for nothing. */
  readonly suggest: () => Promise<string | null>;
}

export interface Prompter {
  ask(question: ItemQuestion, step: Step): Promise<Reply<Answer>>;
  /** Shows the items of a group and asks what to do next. */
  manage(group: GroupQuestion, items: readonly Answers[], step: Step): Promise<Reply<GroupAction>>;
}

/** `path` names the question, after its group where it stands in one; `answers` are those of the same level. */
export type AnswerCheck = (
  path: readonly string[],
  value: string,
  answers: Answers,
) => Promise<string | null>;

export type AnswerSuggestion = (path: readonly string[], answers: Answers) => Promise<string | null>;

export interface QuestionFlow {
  readonly title: string;
  readonly questions: readonly Question[];
  readonly check?: AnswerCheck;
  readonly suggest?: AnswerSuggestion;
  /** Given before, where the questions are asked once more. */
  readonly earlier?: Answers;
}

/** All answers, or null where the user gave up. */
export async function askQuestions(flow: QuestionFlow, prompter: Prompter): Promise<Answers | null> {
  const { earlier = {} } = flow;
  const reply = await askLevel({ ...flow, path: [], canLeave: false, answers: earlier }, prompter);
  return reply.kind === 'value' ? reply.value : null;
}

interface Level extends QuestionFlow {
  /** The group that the questions stand in. */
  readonly path: readonly string[];
  /** True where going back from the first question leads somewhere. */
  readonly canLeave: boolean;
  readonly answers: Answers;
}

async function askLevel(level: Level, prompter: Prompter): Promise<Reply<Answers>> {
  let answers = level.answers;
  let index = 0;
  for (;;) {
    const open = level.questions.filter(question => isAsked(question, answers));
    const question = open[index];
    if (question === undefined) return { kind: 'value', value: answersTo(open, answers) };
    const step = stepOf(level, open, index, answers);
    const reply = await askOne(level, question, step, prompter);
    if (reply.kind === 'cancel') return reply;
    if (reply.kind === 'value') answers = { ...answers, [question.id]: reply.value };
    else if (index === 0) return reply;
    index += reply.kind === 'value' ? 1 : -1;
  }
}

function askOne(level: Level, question: Question, step: Step, prompter: Prompter): Promise<Reply<Answer>> {
  return question.kind === 'group' ? askGroup(level, question, step, prompter) : prompter.ask(question, step);
}

async function askGroup(
  level: Level,
  group: GroupQuestion,
  step: Step,
  prompter: Prompter,
): Promise<Reply<Answer>> {
  const items: Answers[] = isItems(step.earlier) ? [...step.earlier] : [];
  for (;;) {
    const reply = await prompter.manage(group, items, step);
    if (reply.kind !== 'value') return reply;
    const action = reply.value;
    switch (action.kind) {
      case 'done':
        return { kind: 'value', value: items };
      case 'remove':
        items.splice(action.index, 1);
        break;
      case 'add':
      case 'edit': {
        const at = action.kind === 'edit' ? action.index : items.length;
        const item = await askItem(level, group, { number: at + 1, answers: items[at] ?? {} }, prompter);
        if (item.kind === 'cancel') return item;
        if (item.kind === 'value') items.splice(at, 1, item.value);
      }
    }
  }
}

function askItem(
  level: Level,
  group: GroupQuestion,
  { number, answers }: { readonly number: number; readonly answers: Answers },
  prompter: Prompter,
): Promise<Reply<Answers>> {
  const title = `${level.title}, ${group.item} ${number}`;
  return askLevel(
    { ...level, title, questions: group.questions, path: [...level.path, group.id], canLeave: true, answers },
    prompter,
  );
}

function stepOf(level: Level, open: readonly Question[], index: number, answers: Answers): Step {
  const id = open[index]?.id ?? '';
  return {
    title: level.title,
    number: index + 1,
    total: level.questions.filter(question => isAsked(question, { ...usual(level), ...answers })).length,
    canGoBack: index > 0 || level.canLeave,
    earlier: answers[id],
    check: value => level.check?.([...level.path, id], value, answers) ?? Promise.resolve(null),
    suggest: () => level.suggest?.([...level.path, id], answers) ?? Promise.resolve(null),
  };
}

/** What is answered mostly: so the number of steps does not grow with each. */
function usual({ questions }: Level): Answers {
  return Object.fromEntries(
    questions.flatMap(question =>
      'initial' in question && question.initial !== undefined
        ? [[question.id, question.initial] as const]
        : [],
    ),
  );
}

function isAsked(question: Question, answers: Answers): boolean {
  if (question.when === undefined) return true;
  const answer = answers[question.when.question];
  return question.when.is.some(value => value === answer);
}

/** Answers to questions that later answers took away are dropped. */
function answersTo(questions: readonly Question[], answers: Answers): Answers {
  const entries = questions.flatMap(({ id }) => {
    const answer = answers[id];
    return answer === undefined ? [] : [[id, answer] as const];
  });
  return Object.fromEntries(entries);
}

function isItems(answer: Answer | undefined): answer is readonly Answers[] {
  return Array.isArray(answer) && answer.every(item => typeof item === 'object');
}
