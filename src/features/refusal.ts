/** What a feature gives instead of an answer where there can be none. */
export interface Refusal {
  /** Why, and what to do instead: whole sentences. */
  readonly refusal: string;
}
