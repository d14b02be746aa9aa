/**
 * COPY in the shape of statements that PostgreSQL looks into when they are parsed: of COPY itself it reads no name before
 * it is run.
 */
import type { SqlParser, SqlStatement } from './parser.ts';
import { isComment } from './source-text.ts';

export interface AskedCopy {
  readonly sql: string;
  /** From an offset in `sql` to one in the text of the statement: what is to be added. */
  readonly shift: number;
}

const insert = 'INSERT INTO ';

/**
 * `COPY users (id, name) …` as an INSERT into these columns, `COPY (SELECT …) TO …` as its query; null for what is no
 * COPY, and for one that names nothing to look up.
 */
export function askedCopy(
  { node, start, end }: SqlStatement,
  text: string,
  parser: SqlParser,
): AskedCopy | null {
  if (!('CopyStmt' in node)) return null;
  const sql = text.slice(start, end);
  const { relation, attlist } = node.CopyStmt;
  const tokens = (parser.scan(sql) ?? []).filter(token => !isComment(token));
  const open = tokens.find(({ name }) => name === 'ASCII_40');
  const target = tokens[1];
  if (target === undefined || open === undefined) return null;
  const close = closing(tokens, tokens.indexOf(open));
  if (close === undefined) return null;
  if (relation === undefined) return { sql: sql.slice(open.end, close.start), shift: open.end };
  if (attlist === undefined) return null;
  const row = `VALUES (${attlist.map(() => 'DEFAULT').join(', ')})`;
  const named = sql.slice(target.start, close.end);
  return { sql: `${insert}${named} ${row}`, shift: target.start - insert.length };
}

function closing<Token extends { readonly name: string }>(
  tokens: readonly Token[],
  open: number,
): Token | undefined {
  let depth = 0;
  return tokens.slice(open).find(({ name }) => {
    if (name === 'ASCII_40') depth += 1;
    if (name === 'ASCII_41') depth -= 1;
    return depth === 0;
  });
}
