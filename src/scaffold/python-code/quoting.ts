/** String literals in the project's quotes. */
import type { CodeStyle } from '../project-facts.ts';

/** For plain text: no backslashes and no line ends. Takes the other quotes where that saves an escape, as formatters do. */
export function quoted(text: string, style: CodeStyle): string {
  const other = style.quote === '"' ? "'" : '"';
  const quote = text.includes(style.quote) && !text.includes(other) ? other : style.quote;
  return `${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
}
