/** The text of a row as PostgreSQL writes values of composite types: `(1,"a, ""b""",,"")`. Pure. */

export interface RowColumns {
  /** Null where nothing stands, since an empty text stands in quotes. */
  readonly columns: readonly (string | null)[];
  /** Where the comma or the closing bracket behind the last of them stands. */
  readonly end: number;
}

/** At most `limit` columns behind the opening bracket or the comma at `start`. */
export function readColumns(text: string, start = 0, limit = Infinity): RowColumns {
  const columns: (string | null)[] = [];
  let at = start;
  do {
    at++;
    const end = text[at] === '"' ? endOfQuoted(text, at) : endOfPlain(text, at);
    columns.push(columnOf(text.slice(at, end)));
    at = end;
  } while (text[at] === ',' && columns.length < limit);
  return { columns, end: at };
}

/** Where the comma or the closing bracket stands. Codes of characters, since this is read each second of every session. */
function endOfPlain(text: string, start: number): number {
  let at = start;
  for (let code = text.charCodeAt(at); code !== comma && code !== closing && at < text.length; )
    code = text.charCodeAt(++at);
  return at;
}

const comma = ','.charCodeAt(0);
const closing = ')'.charCodeAt(0);

/** Quotes inside are doubled, so that the last of a row of them is the end where their number is odd. */
function endOfQuoted(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return text.length - 1;
    if (text[quote + 1] !== '"') return quote + 1;
    at = quote + 2;
  }
}

function columnOf(written: string): string | null {
  if (written === '') return null;
  if (written[0] !== '"') return written;
  const inner = written.slice(1, -1);
  return /["\\]/.test(inner) ? inner.replace(/""|\\\\/g, pair => pair[0] ?? '') : inner;
}
