/** Questions that a person is asked step by step, and their answers: said once for whoever asks and whoever shows. */

export type Answer = string | boolean | readonly string[] | readonly Answers[];

/** By question id. A question that was not asked has no entry. */
export interface Answers {
  readonly [question: string]: Answer;
}

interface QuestionBase {
  /** Unique among its neighbours. */
  readonly id: string;
  /** A few words: `Table name`. */
  readonly title: string;
  /** What to enter or choose, as one sentence. */
  readonly prompt: string;
  /** Asked only where the named earlier question has one of the answers. */
  readonly when?: { readonly question: string; readonly is: readonly (string | boolean)[] };
}

export interface TextQuestion extends QuestionBase {
  readonly kind: 'text';
  readonly placeholder?: string;
  readonly initial?: string;
  readonly optional?: boolean;
}

export interface PickOption {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

export interface PickQuestion extends QuestionBase {
  readonly kind: 'pick';
  readonly options: readonly PickOption[];
  readonly initial?: string;
}

export interface MultiPickQuestion extends QuestionBase {
  readonly kind: 'multi-pick';
  readonly options: readonly PickOption[];
  readonly initial?: readonly string[];
}

export interface ConfirmQuestion extends QuestionBase {
  readonly kind: 'confirm';
  readonly initial?: boolean;
}

/** Questions that are asked again for each item, such as a model's columns. */
export interface GroupQuestion extends QuestionBase {
  readonly kind: 'group';
  /** One item in a few words: `column`. */
  readonly item: string;
  /** The questions whose answers name an item in the list of items. */
  readonly summary: readonly string[];
  readonly questions: readonly ItemQuestion[];
  readonly minimum?: number;
}

export type ItemQuestion = TextQuestion | PickQuestion | MultiPickQuestion | ConfirmQuestion;
export type Question = ItemQuestion | GroupQuestion;
