/** What PostgreSQL said against a statement, in its own words. Structurally the error of `database/verdict.ts`. */
export interface VerdictError {
  /** Five characters, such as `42703`. */
  readonly sqlstate: string;
  readonly message: string;
  /** UTF-16 offset in the SQL that was sent, or null. */
  readonly position: number | null;
  readonly hint: string | null;
  readonly detail: string | null;
}
