/** The text of a row as PostgreSQL writes values of composite types: `(1,"a, ""b""",,"")`. Pure. */

/** The row's columns: null where nothing stands, since an empty text stands in quotes. */
export function readRowText(text: string): readonly (string | null)[] {
  const columns: (string | null)[] = [];
  let at = 1;
  while (at < text.length) {
    const end = text[at] === '"' ? endOfQuoted(text, at) : endOfPlain(text, at);
    columns.push(columnOf(text.slice(at, end)));
    at = end + 1;
  }
  return columns;
}

/** Where the comma or the closing bracket stands. */
function endOfPlain(text: string, start: number): number {
  const comma = text.indexOf(',', start);
  return comma === -1 ? text.length - 1 : comma;
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
