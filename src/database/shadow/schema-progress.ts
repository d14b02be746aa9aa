/** How far a schema is that is being built. */
export interface SchemaProgress {
  /** Statements that have run. */
  readonly done: number;
  readonly total: number;
}
