/** The port to whoever judges SQL: the shadow database, a live one, or nobody. Nothing is executed behind it. */
import type { DdlStatement, TableName } from '../schema/ddl.ts';
import type { Verdict } from './verdict.ts';

export interface SqlQuestion {
  readonly sql: string;
  /** What `$1…$n` are sent as, in PostgreSQL's words; null, or missing at the end, where the server is to find out. */
  readonly parameterTypes: readonly (string | null)[];
  /** What stands otherwise at the time that the statement is for; only for who `knowsOtherTimes`. */
  readonly at?: OtherTime;
}

/** Tables and types in place of those that the schema has now, while one statement is judged. */
export interface OtherTime {
  /** None of these is there but as `statements` make it. */
  readonly tables: readonly TableName[];
  readonly types: readonly TableName[];
  readonly statements: readonly DdlStatement[];
}

export interface Judge {
  /** For people: `the models`, `the migrations`, `shop at localhost`. */
  readonly name: string;
  /** Whether it answers questions about another time than that of its schema. */
  readonly knowsOtherTimes: boolean;
  /** One verdict for each question, in order. Never rejects: what could not be asked is `unavailable`. */
  judge(questions: readonly SqlQuestion[], signal: AbortSignal): Promise<readonly Verdict[]>;
}
