/** From an offset in rendered SQL to the narrowest place in the Python source that it came from. */
import type { TextRange } from '../../../base/range.ts';
import { type RenderedStatement, sourceAt } from '../../../sqlalchemy/statement.ts';

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
  const { path, range } = entry.location;
  const word = wordAt(form.sql, offset);
  const start = verbatimAt(form, offset, path, textOf);
  if (start === null) return { path, range, word: word.text, verbatim: false };
  // A parameter inside a literal stands between two pieces.
  const isCut = word.text.startsWith("'") && word.end > entry.sqlEnd;
  const last = isCut ? verbatimAt(form, word.end - 1, path, textOf) : null;
  const end = Math.min(word.end, entry.sqlEnd) - offset + start;
  return {
    path,
    range: { start, end: last === null ? end : Math.max(end, last + 1) },
    word: word.text,
    verbatim: word.end <= entry.sqlEnd,
  };
}

/** The offset in the source of a file that holds the SQL as it is; null where the SQL came about in another way. */
function verbatimAt(
  form: RenderedStatement,
  offset: number,
  path: string,
  textOf: (path: string) => string | undefined,
): number | null {
  const entry = sourceAt(form, offset);
  if (entry?.location.path !== path) return null;
  const { start, end } = entry.location.range;
  const isSame = textOf(path)?.slice(start, end) === form.sql.slice(entry.sqlStart, entry.sqlEnd);
  return isSame ? offset - entry.sqlStart + start : null;
}

const name = /(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)(?:\.(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*))*/uy;

const literal = /'(?:[^']|'')*'/y;

/** A dotted name, a literal, or the single token at the offset. */
function wordAt(sql: string, offset: number): TextRange & { readonly text: string } {
  name.lastIndex = literal.lastIndex = offset;
  const match = name.exec(sql) ?? literal.exec(sql);
  const text = match ? match[0] : (/^\S{1,20}/.exec(sql.slice(offset))?.[0] ?? '');
  return { start: offset, end: offset + text.length, text };
}
