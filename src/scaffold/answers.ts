/** Answers come from quick input or from a file that somebody wrote: they are taken apart here, never trusted. */
import type { Answers } from './scaffold.ts';

export function textAnswer(answers: Answers, id: string): string {
  const answer = answers[id];
  return typeof answer === 'string' ? answer.trim() : typeof answer === 'number' ? String(answer) : '';
}

export function yesAnswer(answers: Answers, id: string): boolean {
  return answers[id] === true;
}

export function choicesAnswer(answers: Answers, id: string): readonly string[] {
  const answer = answers[id];
  return Array.isArray(answer) ? answer.filter((each): each is string => typeof each === 'string') : [];
}

export function itemsAnswer(answers: Answers, id: string): readonly Answers[] {
  const answer = answers[id];
  return Array.isArray(answer)
    ? answer.filter((each): each is Answers => typeof each === 'object' && each !== null)
    : [];
}
