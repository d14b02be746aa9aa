/** SQL text as PostgreSQL's own parser sees it: tokens, tree, and the error that no filling of its holes avoids. */
import { templateError } from '../../sql/parse-template.ts';
import type { ParsedSql, SqlParser, SqlSyntaxError, SqlToken } from '../../sql/parser.ts';
import { isComment } from '../../sql/source-text.ts';
import { withValueParameters } from '../../sql/value-holes.ts';
import type { RawSql } from '../../sqlalchemy/statement.ts';

export interface RawReading {
  /** Comments left out; empty where a literal is not closed. */
  readonly tokens: readonly SqlToken[];
  /** Null where it cannot be parsed, and where it has holes. */
  readonly parsed: ParsedSql | null;
  readonly error: SqlSyntaxError | null;
  /** What can be asked about it: the text itself or, where its holes hold but values, with a parameter for each. */
  readonly asked: { readonly sql: string; readonly parsed: ParsedSql } | null;
}

const readings = new WeakMap<RawSql, RawReading>();

/** Texts beyond this are not read. Characters. */
export const longestText = 200_000;

/** Kept for as long as the text is the same: a keystroke elsewhere parses nothing anew. */
export function readRaw(raw: RawSql, parser: SqlParser): RawReading {
  const known = readings.get(raw);
  if (known) return known;
  const reading = read(raw, parser);
  readings.set(raw, reading);
  return reading;
}

function read({ form: { sql, parameters }, holes }: RawSql, parser: SqlParser): RawReading {
  if (sql.length > longestText) return { tokens: [], parsed: null, error: null, asked: null };
  const all = parser.scan(sql) ?? [];
  const tokens = all.filter(token => !isComment(token));
  if (holes.length > 0) {
    const ranges = holes.map(({ sqlStart, sqlEnd }) => ({ start: sqlStart, end: sqlEnd }));
    const filled = withValueParameters(sql, ranges, tokens, parameters.length + 1, parser);
    return { tokens, parsed: null, error: templateError(sql, ranges, parser), asked: filled };
  }
  const parsed = parser.parse(sql);
  return parsed.kind === 'parsed'
    ? { tokens, parsed, error: null, asked: { sql, parsed } }
    : { tokens, parsed: null, error: parsed, asked: null };
}
