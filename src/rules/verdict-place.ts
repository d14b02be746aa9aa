/** From an offset in rendered SQL to the narrowest place in the Python source that it came from. */
import type { TextRange } from '../base/range.ts';
import { type RenderedStatement, sourceAt } from '../sqlalchemy/statement.ts';

export interface VerdictPlace {
  readonly path: string;
  readonly range: TextRange;
  /** The SQL word at the offset, unquoted. */
  readonly word: string;
  /** True where the range holds exactly that word of SQL text, so that it can be replaced there. */
  readonly verbatim: boolean;
}

/** `textOf` gives a file's text. Null where the map knows no source for the offset. */
export function placeOf(
  form: RenderedStatement,
  offset: number,
  textOf: (path: string) => string | undefined,
): VerdictPlace | null {
  const entry = sourceAt(form, offset);
  if (!entry) return null;
  const word = wordAt(form.sql, offset);
  const { path, range } = entry.location;
  const source = textOf(path)?.slice(range.start, range.end);
  const piece = form.sql.slice(entry.sqlStart, entry.sqlEnd);
  if (source !== piece) return { path, range, word: word.text, verbatim: false };
  const shift = range.start - entry.sqlStart;
  const end = Math.min(word.end, entry.sqlEnd);
  return {
    path,
    range: { start: word.start + shift, end: end + shift },
    word: word.text,
    verbatim: end === word.end,
  };
}

const name = /(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)(?:\.(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*))*/uy;

/** A dotted name, or the single token at the offset. */
function wordAt(sql: string, offset: number): TextRange & { readonly text: string } {
  name.lastIndex = offset;
  const match = name.exec(sql);
  const text = match ? match[0] : (/^\S{1,20}/.exec(sql.slice(offset))?.[0] ?? '');
  return { start: offset, end: offset + text.length, text };
}
