/**
 * The contract of every scaffold: its questions, the check of an answer as it is typed, and the files that the answers
 * lead to. Plain data in and out; the server and the command line ask, show and write.
 */
import type { TextEdit } from '../base/edit.ts';
import type { Answers, Question } from '../base/question.ts';
import type { ScaffoldKind, SchemaScaffoldKind } from '../base/scaffold-kind.ts';
import type { ProjectFacts } from './project-facts.ts';

export type {
  Answer,
  Answers,
  ConfirmQuestion,
  GroupQuestion,
  ItemQuestion,
  MultiPickQuestion,
  PickOption,
  PickQuestion,
  Question,
  TextQuestion,
} from '../base/question.ts';
export type { ScaffoldKind } from '../base/scaffold-kind.ts';

export type ScaffoldFile =
  | {
      readonly kind: 'create';
      readonly path: string;
      readonly text: string;
      /** True where it is to be written over the file that is there, as the user has chosen. */
      readonly replaces?: true;
    }
  /** Edits of one file that exists; they do not overlap. */
  | { readonly kind: 'edit'; readonly path: string; readonly edits: readonly TextEdit[] };

export interface Rendering {
  readonly files: readonly ScaffoldFile[];
  /** The file to show when all is written; null for none. */
  readonly open: string | null;
  /** Why nothing can be written, as sentences; then `files` is empty. */
  readonly problems: readonly string[];
  /** What the user should know of what is written, as sentences; absent for nothing. */
  readonly notes?: readonly string[];
}

export interface AnswerCheck {
  /** The group's id and the question's, or the question's alone. */
  readonly path: readonly string[];
  readonly value: string;
  /** Answers so far; inside a group, those of the item. */
  readonly answers: Answers;
}

export interface Scaffold {
  readonly kind: ScaffoldKind | SchemaScaffoldKind;
  readonly title: string;
  /** Why the scaffold cannot be used in this project, as one sentence; null where it can. */
  problem(facts: ProjectFacts): string | null;
  /** `activePath` is the file that is open: a new one goes near it. `activeClass` is the class that the cursor is in. */
  questions(facts: ProjectFacts, activePath: string | null, activeClass?: string | null): readonly Question[];
  /** Null where the value is good, else why it is not. */
  check(facts: ProjectFacts, check: AnswerCheck): string | null;
  /** What no answer to an optional question means, after the answers so far; absent where that is nothing. */
  suggest?(facts: ProjectFacts, question: Omit<AnswerCheck, 'value'>): string | null;
  /** Never throws: answers that lead nowhere become problems. */
  render(facts: ProjectFacts, answers: Answers, activePath: string | null): Rendering;
}

export function failed(...problems: readonly string[]): Rendering {
  return { files: [], open: null, problems };
}
