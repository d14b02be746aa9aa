/** The text of parts of a statement whose end the parse tree does not tell: expressions, index elements, conditions. */
import type { SqlToken } from './parser.ts';

export interface SqlSource {
  readonly text: string;
  readonly tokens: readonly SqlToken[];
}

/** Words that end a default's expression in a column definition. */
const columnWords =
  /^(?:not|null|primary|unique|check|references|constraint|collate|generated|default|deferrable|initially)$/i;

/** The expression that begins at an offset, up to a comma, a closing bracket or the next clause of a column. */
export function expressionFrom(source: SqlSource, start: number): string {
  let depth = 0;
  let end = start;
  for (const token of source.tokens) {
    if (token.start < start || isComment(token)) continue;
    const text = textOf(source, token);
    if (depth === 0 && (text === ',' || text === ')' || text === ';')) break;
    if (depth === 0 && token.keyword && end > start && columnWords.test(text)) break;
    depth += depthOf(text);
    end = token.end;
  }
  return source.text.slice(start, end);
}

/** The offset of the first token after an offset whose text is the given word. */
export function offsetAfterWord(source: SqlSource, word: string, from: number): number | null {
  const found = source.tokens.findIndex(
    token => token.start >= from && textOf(source, token).toLowerCase() === word,
  );
  const next = found < 0 ? undefined : source.tokens.slice(found + 1).find(token => !isComment(token));
  return next?.start ?? null;
}

/** The text between the first brackets after an offset, split at its commas. */
export function bracketedParts(source: SqlSource, from: number): readonly string[] | null {
  const first = source.tokens.findIndex(token => token.start >= from && textOf(source, token) === '(');
  const open = source.tokens[first];
  if (!open) return null;
  const parts: string[] = [];
  let depth = 0;
  let start = open.end;
  for (const token of source.tokens.slice(first)) {
    const text = textOf(source, token);
    depth += depthOf(text);
    if (depth > 1 || (depth === 1 && text !== ',')) continue;
    parts.push(source.text.slice(start, token.start).trim());
    start = token.end;
    if (depth === 0) return parts;
  }
  return null;
}

/** What follows a word that stands outside of brackets, up to the end of the statement. */
export function clauseAfter(
  source: SqlSource,
  word: string,
  range: { readonly start: number; readonly end: number },
): string | null {
  let depth = 0;
  for (const token of source.tokens) {
    if (token.start < range.start || token.start >= range.end) continue;
    const text = textOf(source, token);
    depth += depthOf(text);
    if (depth === 0 && text.toLowerCase() === word) return source.text.slice(token.end, range.end).trim();
  }
  return null;
}

function textOf({ text }: SqlSource, token: SqlToken): string {
  return text.slice(token.start, token.end);
}

function depthOf(text: string): number {
  if (text === '(' || text === '[') return 1;
  return text === ')' || text === ']' ? -1 : 0;
}

export function isComment(token: SqlToken): boolean {
  return token.name === 'SQL_COMMENT' || token.name === 'C_COMMENT';
}
