/** SQL laid out anew. */
import { requestType } from './message.ts';
import type { PlacePosition, PlaceRange } from './place.ts';

export interface FormatSqlQuestion {
  readonly uri: string;
  readonly position: PlacePosition;
}

export type FormattedSql =
  | { readonly range: PlaceRange; readonly newText: string }
  /** Why it was not formatted, and what to do. */
  | { readonly refusal: string };

/** Client to server. Null where no statement of SQL stands at the position. */
export const formatSqlText = requestType<FormatSqlQuestion, FormattedSql | null>('formatSql');
