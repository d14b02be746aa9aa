/** Types of the workspace that put SQL of their own around values. */

/** What a type does by `bind_expression()` and `column_expression()`. */
export interface WrappedValues {
  /** Around each parameter. */
  readonly binds: boolean;
  /** Around each column that a statement lists. */
  readonly columns: boolean;
}
