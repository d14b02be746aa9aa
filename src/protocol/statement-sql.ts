/** The SQL of the statement under the cursor. */

import { requestType } from './message.ts';
import type { PlacePosition } from './place.ts';

export interface StatementSqlQuestion {
  readonly uri: string;
  readonly position: PlacePosition;
}

export interface StatementSql {
  /** Zero-based line on which the statement starts. */
  readonly line: number;
  /** More than one where conditions in the code lead to different SQL. */
  readonly forms: readonly StatementForm[];
  /** What is sent besides to load relationships, in order. */
  readonly loads: readonly StatementLoad[];
  /** Why there is no SQL, as one sentence; null where there is. */
  readonly unknown: string | null;
}

export interface StatementForm {
  /** Formatted, with `$1…$n`. */
  readonly sql: string;
  /** One text a parameter, in order: `$1: customer_id`. */
  readonly parameters: readonly string[];
  /** When this form is sent: `if status is given`; null for the only form. */
  readonly condition: string | null;
}

export interface StatementLoad {
  /** `User.orders (selectin)`. */
  readonly title: string;
  /** Formatted, or one sentence why it is not known. */
  readonly text: string;
  readonly known: boolean;
}

/** Client to server. Null where no statement stands at the position. */
export const statementSql = requestType<StatementSqlQuestion, StatementSql | null>('statementSql');
