/** What the reading of a file asks a linked project, and what is answered. */
import { isSameList } from '../base/same-list.ts';
import type { LinkedProject, Subclass } from './linked-project.ts';
import type { Model } from './model.ts';

export type Question =
  | { readonly kind: 'model'; readonly qualifiedName: string }
  | { readonly kind: 'table'; readonly name: string; readonly schema: string | null }
  | { readonly kind: 'join'; readonly model: Model; readonly relationship: string }
  | { readonly kind: 'subclasses'; readonly qualifiedName: string }
  | { readonly kind: 'models-named'; readonly name: string }
  | { readonly kind: 'models-of-file' | 'packages' | 'file'; readonly path: string }
  | { readonly kind: 'all-models' | 'all-files' | 'engines' | 'session-factories' };

/** The same for the same question, whoever asks it. */
export function questionKey(question: Question): string {
  switch (question.kind) {
    case 'model':
    case 'subclasses':
      return `${question.kind} ${question.qualifiedName}`;
    case 'table':
      return `table ${question.schema ?? ''}.${question.name}`;
    case 'join':
      return `join ${question.model.qualifiedName} ${question.relationship}`;
    case 'models-named':
      return `${question.kind} ${question.name}`;
    case 'models-of-file':
    case 'packages':
    case 'file':
      return `${question.kind} ${question.path}`;
    default:
      return question.kind;
  }
}

/** Whether the answer holds files, which are others after every edit. */
export function isOfFiles({ kind }: Question): boolean {
  return kind === 'subclasses' || kind === 'all-files' || kind === 'file';
}

/** Whether both versions give the same answer. */
export function isAnsweredAlikeIn(question: Question, before: LinkedProject, now: LinkedProject): boolean {
  return isSameAnswer(question, answerTo(question, before), answerTo(question, now));
}

export function isSameAnswer(question: Question, before: unknown, now: unknown): boolean {
  if (before === now) return true;
  if (question.kind === 'models-named')
    return isSameList(before as readonly Model[], now as readonly Model[]);
  if (question.kind !== 'subclasses') return false;
  const [one, two] = [before as readonly Subclass[], now as readonly Subclass[]];
  return (
    one.length === two.length &&
    one.every(({ qualifiedName }, index) => two[index]?.qualifiedName === qualifiedName)
  );
}

export function answerTo(question: Question, linked: LinkedProject): unknown {
  switch (question.kind) {
    case 'model':
      return linked.models.get(question.qualifiedName);
    case 'table':
      return linked.modelOfTable(question.name, question.schema);
    case 'join':
      return linked.joinOf(question.model, question.relationship);
    case 'subclasses':
      return linked.subclassesOf(question.qualifiedName);
    case 'file':
      return linked.files.get(question.path);
    case 'models-named':
      return linked.modelsNamed(question.name);
    case 'models-of-file':
      return linked.modelsOfFile(question.path);
    case 'packages':
      return linked.packagesOf(question.path);
    case 'all-models':
      return linked.models;
    case 'all-files':
      return linked.files;
    case 'engines':
      return linked.engines;
    case 'session-factories':
      return linked.sessionFactories;
  }
}
