/** String literals in the project's quotes. */
import type { CodeStyle } from '../project-facts.ts';

/** For text without line ends. Takes the other quotes where that saves escapes, as formatters do. */
export function quoted(text: string, style: CodeStyle): string {
  const other = style.quote === '"' ? "'" : '"';
  const count = (quote: string): number => text.split(quote).length;
  const quote = count(style.quote) > count(other) ? other : style.quote;
  return `${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
}
