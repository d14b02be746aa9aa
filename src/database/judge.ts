/** The port to whoever judges SQL: the shadow database, a live one, or nobody. Nothing is executed behind it. */
import type { Verdict } from './verdict.ts';

export interface SqlQuestion {
  readonly sql: string;
  /** What `$1…$n` are sent as, in PostgreSQL's words; null, or missing at the end, where the server is to find out. */
  readonly parameterTypes: readonly (string | null)[];
}

export interface Judge {
  /** For people: `the models`, `the migrations`, `shop at localhost`. */
  readonly name: string;
  /** One verdict for each question, in order. Never rejects: what could not be asked is `unavailable`. */
  judge(questions: readonly SqlQuestion[], signal: AbortSignal): Promise<readonly Verdict[]>;
}
