/** The port to whoever judges SQL: the shadow database, a live one, or nobody. Nothing is executed behind it. */
import type { Verdict } from './verdict.ts';

export interface Judge {
  /** For people: `the models`, `the migrations`, `shop at localhost`. */
  readonly name: string;
  /** One verdict for each statement, in order. Never rejects: what could not be asked is `unavailable`. */
  judge(statements: readonly string[], signal: AbortSignal): Promise<readonly Verdict[]>;
}
