/** What PostgreSQL says about one statement that was parsed and described, and never executed. */

/** How a statement is asked about. */
export interface DescribeOptions {
  /** What `$1…$n` are sent as, in PostgreSQL's words; null where the server is to find out. */
  readonly parameterTypes?: readonly (string | null)[];
  readonly signal?: AbortSignal;
}

export type Verdict = OkVerdict | ErrorVerdict | UnavailableVerdict;

export interface OkVerdict {
  readonly kind: 'ok';
  /** Of `$1…$n`, as `format_type` names them. */
  readonly parameterTypes: readonly string[];
  /** Empty for statements that return no rows. */
  readonly columns: readonly ResultColumn[];
}

export interface ResultColumn {
  readonly name: string;
  /** As `format_type` names it, with its modifier: `character varying(100)`. */
  readonly type: string;
  /** The table column it is read from unchanged, or null for an expression. */
  readonly source: ColumnSource | null;
}

export interface ColumnSource {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  /** The column's own constraint; on the nullable side of an outer join the result may be null all the same. */
  readonly notNull: boolean;
}

export interface ErrorVerdict {
  readonly kind: 'error';
  readonly sqlstate: string;
  readonly message: string;
  /** Offset in the sent SQL in UTF-16 units, zero-based, or null where PostgreSQL gives none. */
  readonly position: number | null;
  readonly hint: string | null;
  readonly detail: string | null;
}

/** No judgement: neither right nor wrong. */
export interface UnavailableVerdict {
  readonly kind: 'unavailable';
  /** A sentence for users. */
  readonly reason: string;
}

/** The fields of an ErrorResponse message that a verdict keeps. */
export interface ServerErrorFields {
  readonly code?: string | undefined;
  readonly message: string;
  readonly position?: string | undefined;
  readonly hint?: string | undefined;
  readonly detail?: string | undefined;
}

export function errorVerdict(sql: string, error: ServerErrorFields): ErrorVerdict {
  return {
    kind: 'error',
    sqlstate: error.code ?? 'XX000',
    message: error.message,
    position: error.position === undefined ? null : utf16Offset(sql, Number(error.position)),
    hint: error.hint ?? null,
    detail: error.detail ?? null,
  };
}

/** A NUL cannot travel in the protocol: PostgreSQL would see the text up to it. Said here in PostgreSQL's own words. */
export function verdictOnNul(sql: string): ErrorVerdict | null {
  const offset = sql.indexOf('\0');
  if (offset < 0) return null;
  const message = 'invalid byte sequence for encoding "UTF8": 0x00';
  return { kind: 'error', sqlstate: '22021', message, position: offset, hint: null, detail: null };
}

/** PostgreSQL counts characters from 1; a character outside the basic plane is two UTF-16 units. Clamped to the text. */
export function utf16Offset(text: string, position: number): number {
  let offset = 0;
  for (let character = 1; character < position && offset < text.length; character++) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}
