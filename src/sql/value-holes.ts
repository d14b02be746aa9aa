/**
 * SQL with holes that hold values and nothing else: what stands in quotes, and the one operand of a comparison. There a
 * parameter may stand in, so that the rest of the text can be judged although the value is only known at run time.
 */
import type { TextRange } from '../base/range.ts';
import type { ParsedSql, SqlParser, SqlToken } from './parser.ts';

/**
 * The text with a parameter for each such value, from number `first` on, every other character at its old offset. Null
 * where some hole may hold more than a value, and where a parameter may not stand in its place.
 */
export function withValueParameters(
  text: string,
  holes: readonly TextRange[],
  tokens: readonly SqlToken[],
  first: number,
  parser: SqlParser,
): { readonly sql: string; readonly parsed: ParsedSql } | null {
  let filled = text;
  let number = first;
  const seen = new Set<SqlToken>();
  for (const hole of holes) {
    const index = tokens.findIndex(({ start, end }) => start <= hole.start && hole.end <= end);
    const token = tokens[index];
    if (token === undefined || !holdsValue(text, hole, token, tokens[index - 1], tokens[index + 1]))
      return null;
    if (seen.has(token)) continue;
    seen.add(token);
    const parameter = `$${number}`;
    const width = token.end - token.start;
    if (parameter.length > width) return null;
    filled = filled.slice(0, token.start) + parameter.padEnd(width) + filled.slice(token.end);
    number += 1;
  }
  const parsed = parser.parse(filled);
  return parsed.kind === 'parsed' ? { sql: filled, parsed } : null;
}

function holdsValue(
  text: string,
  hole: TextRange,
  token: SqlToken,
  before: SqlToken | undefined,
  after: SqlToken | undefined,
): boolean {
  // Letters before the quotes, and dollars, make literals of another kind; a type before them is part of the literal.
  if (token.name === 'SCONST') {
    const follows = before === undefined ? '' : textOf(text, before);
    return text[token.start] === "'" && (!/\w$/.test(follows) || operators.test(follows));
  }
  const isWhole = token.start === hole.start && token.end === hole.end;
  const compares = before !== undefined && /^(?:=|<>|!=|<|>|<=|>=|LIMIT|OFFSET)$/i.test(textOf(text, before));
  const goesOn = after !== undefined && /^(?:\.|\()$/.test(textOf(text, after));
  return isWhole && compares && !goesOn;
}

/** Words that an operand follows. */
const operators = /^(?:LIKE|ILIKE|BETWEEN|AND|OR|NOT|WHEN|THEN|ELSE|SELECT|DISTINCT|RETURNING)$/i;

function textOf(text: string, { start, end }: TextRange): string {
  return text.slice(start, end);
}
