/**
 * Questions that a scaffold asks and the files that its answers lead to. The server asks the room `scaffold`;
 * the client only shows. Whatever is asked again with the same answers gives the same files.
 */
import type { ClashChoice } from '../base/clash-choice.ts';
import type { Answers, Question } from '../base/question.ts';
import type { ScaffoldKind, SchemaScaffoldKind } from '../base/scaffold-kind.ts';
import { requestType } from './message.ts';
import type { PlaceRange } from './place.ts';

export type { ClashChoice } from '../base/clash-choice.ts';
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
export type { ScaffoldKind, SchemaScaffoldKind } from '../base/scaffold-kind.ts';

export interface ScaffoldStart {
  readonly kind: ScaffoldKind | SchemaScaffoldKind;
  /** The file that is open, to put new ones near it and to suggest its model. */
  readonly activeUri: string | null;
  /** Where the cursor is in it, from zero: its class is suggested first. */
  readonly activeLine?: number;
  /** For the kinds that write from a schema: where it is. */
  readonly source?: SchemaSource;
}

/** A connection by its id, or a script of DDL by its text. */
export type SchemaSource =
  | { readonly kind: 'connection'; readonly id: string }
  | { readonly kind: 'script'; readonly text: string };

export interface ScaffoldQuestions {
  readonly title: string;
  readonly questions: readonly Question[];
  /** Why the scaffold cannot be used here, as one sentence; null where it can. */
  readonly problem: string | null;
}

export interface ScaffoldCheck extends ScaffoldStart {
  /** Answers so far; inside a group, those of the item. */
  readonly answers: Answers;
  /** The group's id and the question's, or the question's alone. */
  readonly path: readonly string[];
  readonly value: string;
}

/** A question that may be left empty. */
export type ScaffoldSuggestion = Omit<ScaffoldCheck, 'value'>;

export interface ScaffoldAnswers extends ScaffoldStart {
  readonly answers: Answers;
  /** By the URI of a file that is there already. */
  readonly clashes?: Readonly<Record<string, ClashChoice>>;
}

export type ScaffoldFile =
  | {
      readonly kind: 'create';
      readonly uri: string;
      readonly text: string;
      /** True where it is to be written over the file that is there, as the user has chosen. */
      readonly replaces?: true;
    }
  | {
      readonly kind: 'edit';
      readonly uri: string;
      readonly edits: readonly { readonly range: PlaceRange; readonly newText: string }[];
    };

export interface ScaffoldPreview {
  readonly files: readonly ScaffoldFile[];
  /** The file to show when all is written; null for none. */
  readonly open: string | null;
  /** Why nothing can be written, as sentences; empty where it can. */
  readonly problems: readonly string[];
  /** The files that would be made and are there already: each needs a choice before anything is written. */
  readonly clashes: readonly string[];
  /** What the user should know of what is written, as sentences. */
  readonly notes: readonly string[];
}

export const scaffoldQuestions = requestType<ScaffoldStart, ScaffoldQuestions>('scaffold/questions');

/** Called as the user types. Null where the value is good, else why it is not. */
export const scaffoldCheck = requestType<ScaffoldCheck, string | null>('scaffold/check');

/** What it means to leave a question empty, to be shown in its place; null for nothing. */
export const scaffoldSuggestion = requestType<ScaffoldSuggestion, string | null>('scaffold/suggestion');

export const scaffoldPreview = requestType<ScaffoldAnswers, ScaffoldPreview>('scaffold/preview');
