/** The text of a row as PostgreSQL writes values of composite types: `(1,"a, ""b""",,"")`. Pure. */

export interface RowText {
  /** Null where nothing stands, since an empty text stands in quotes. */
  readonly columns: readonly (string | null)[];
  /** Behind the closing bracket. */
  readonly end: number;
}

/** The row that begins at `start`; others may follow it. */
export function readRowText(text: string, start = 0): RowText {
  const columns: (string | null)[] = [];
  let at = start;
  do {
    at++;
    const end = text[at] === '"' ? endOfQuoted(text, at) : endOfPlain(text, at);
    columns.push(columnOf(text.slice(at, end)));
    at = end;
  } while (text[at] === ',');
  return { columns, end: at + 1 };
}

/** Where the comma or the closing bracket stands. */
function endOfPlain(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== ',' && text[at] !== ')') at++;
  return at;
}

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
