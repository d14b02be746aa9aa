/**
 * SQL laid out anew, by sql-formatter, with what SQL does not know kept as it is written: `%s`, `{…}`, `%%`, `\:`. Given only where
 * nothing but white space has changed.
 */
import { formatSql, type SqlFormatOptions } from './format.ts';
import { type SqlWord, sqlWords } from './names/words.ts';
import { standInNames } from './stand-in-names.ts';

/** Null where the formatter does not understand the text, or would change more than white space. */
export function layOutSql(text: string, options: SqlFormatOptions = {}): string | null {
  const names = standInNames(text);
  const standing = text.replace(foreign, written => names.for(written));
  const formatted = formatSql(standing, options);
  const isSame = formatted !== null && isAlike(sqlWords(standing), sqlWords(formatted));
  return isSame ? names.restore(formatted) : null;
}

/** Placeholders of drivers and of `str.format`, escapes of `text()`; `%(name)s` and `:name` the formatter knows. */
const foreign = /%[s%]|\\.|\{[^{}]*\}|\{\{|\}\}/g;

/** The same words, those without white space between them still without: two operators are not one. */
function isAlike(before: readonly SqlWord[], after: readonly SqlWord[]): boolean {
  return (
    before.length === after.length &&
    before.every((word, index) => {
      const other = after[index];
      if (!other || word.kind !== other.kind || wordText(word) !== wordText(other)) return false;
      return word.kind !== 'symbol' || touchesNext(before, index) === touchesNext(after, index);
    })
  );
}

/** A comment of several lines may stand deeper now. */
function wordText({ kind, text }: SqlWord): string {
  return kind === 'comment' ? text.replace(/\s+/g, ' ').trim() : text;
}

/** Of two operators: brackets, commas and semicolons stand by themselves. */
function touchesNext(words: readonly SqlWord[], index: number): boolean {
  const [word, next] = [words[index], words[index + 1]];
  if (!word || !next || next.kind !== 'symbol' || !isOperator(word) || !isOperator(next)) return false;
  return word.end === next.start;
}

function isOperator({ text }: SqlWord): boolean {
  return /^[-+*/<>=~!@#%^&|`?:.]+$/.test(text);
}
