/**
 * SQL with holes whose text is only known at run time: is there any way to fill them that PostgreSQL can read? Tried
 * are what people put there: a name, a value, a list, a clause, nothing.
 */
import type { TextRange } from '../base/range.ts';
import type { SqlParser, SqlSyntaxError } from './parser.ts';

const fills: readonly string[] = [
  'hole',
  '$1',
  '',
  "'1'",
  '(1)',
  '1, 2',
  'hole, hole',
  'WHERE true',
  'AND true',
  ', hole',
  'hole,',
  'JOIN hole ON true',
  'ORDER BY 1',
  'LIMIT 1',
  'INTEGER',
  '= 1',
  '=',
  'DESC',
  'SELECT 1',
  'WITH hole AS (SELECT 1)',
  'SET hole = 1',
  'CASCADE',
  'IF EXISTS',
  'TABLE',
  'AS hole',
  'RETURNING 1',
  'hole integer',
  'hole = 1',
  '(SELECT 1)',
  'NOT',
];

/** Parses of one text at most: one with many holes is given up. */
const maximumParses = 120;

/**
 * The error that no filling avoids, at its offset in the text with the holes; null where there is a way, and where it
 * cannot be told. An error beside a hole says nothing: more may stand in the hole than is tried here.
 */
export function templateError(
  text: string,
  holes: readonly TextRange[],
  parser: SqlParser,
): SqlSyntaxError | null {
  const chosen = holes.map(() => fills[0] ?? '');
  let best = attempt(text, holes, chosen, parser);
  for (let parses = 1; best !== null && parses < maximumParses; ) {
    // The nearest hole before the error decides how far the parser comes.
    const hole = lastBefore(holes, best.position);
    if (hole < 0) break;
    let further: { readonly fill: string; readonly error: SqlSyntaxError | null } | null = null;
    for (const fill of fills) {
      const error = attempt(text, holes, chosen.with(hole, fill), parser);
      parses += 1;
      if (error === null) return null;
      if (error.position > (further?.error?.position ?? best.position)) further = { fill, error };
    }
    if (further === null) break;
    chosen[hole] = further.fill;
    best = further.error;
  }
  return best !== null && isBeyondHoles(text, holes, best.position, parser) ? best : null;
}

/** The error with its offset in the text with the holes; null where it parses. */
function attempt(
  text: string,
  holes: readonly TextRange[],
  chosen: readonly string[],
  parser: SqlParser,
): SqlSyntaxError | null {
  let filled = '';
  let end = 0;
  /** From an offset of the filled text on, what it must be shortened by. */
  const shifts: { readonly from: number; readonly to: number; readonly hole: TextRange }[] = [];
  for (const [index, hole] of holes.entries()) {
    filled += text.slice(end, hole.start);
    const from = filled.length;
    filled += chosen[index] ?? '';
    shifts.push({ from, to: filled.length, hole });
    end = hole.end;
  }
  filled += text.slice(end);
  const parsed = parser.parse(filled);
  if (parsed.kind === 'parsed') return null;
  const { position } = parsed;
  const shift = shifts.findLast(each => each.from <= position);
  if (shift === undefined) return parsed;
  const inside = position < shift.to;
  return { ...parsed, position: inside ? shift.hole.start : shift.hole.end + position - shift.to };
}

function lastBefore(holes: readonly TextRange[], position: number): number {
  return holes.findLastIndex(hole => hole.start <= position);
}

/** Words after which nothing in a hole before them matters any more. */
const clauseWords = /^(?:where|and|or|on|having|by|from|set|values|select|returning)$/i;

/** Whether enough lies between the hole before it and the error, and between the error and the hole after it. */
function isBeyondHoles(
  text: string,
  holes: readonly TextRange[],
  position: number,
  parser: SqlParser,
): boolean {
  const last = holes.findLast(hole => hole.start <= position);
  const next = holes.find(hole => hole.start > position);
  const between = text.slice(last?.end ?? 0, position);
  const after = text.slice(position, next?.start ?? text.length);
  if (last && text.slice(last.start, position) === '') return false;
  const tokens = parser.scan(between);
  if (tokens === null) return false;
  const [first] = tokens;
  const isClause = first !== undefined && clauseWords.test(between.slice(first.start, first.end));
  if (last && tokens.length < 2 && !isClause) return false;
  // A quote or a bracket that a hole opens would change what everything after it is.
  return next === undefined || (parser.scan(after)?.length ?? 0) > 1;
}
