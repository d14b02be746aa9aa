/**
 * The door to libpg_query: PostgreSQL's own parser, as a value that is loaded once and synchronous from then on.
 * It finds its `libpg-query.wasm` by itself: in its package from source, beside the bundle when bundled to CommonJS.
 */
import type { Node } from 'libpg-query';
import { fingerprintSync, hasSqlDetails, loadModule, parseSync, scanSync } from 'libpg-query';
import type { TextRange } from '../base/range.ts';
import { type ByteOffsetMap, createByteOffsetMap, unitOffsetOfCharacter } from './byte-offsets.ts';

/** A node of PostgreSQL's raw parse tree: `{ SelectStmt: {…} }`. Offsets in it are bytes: see `ParsedSql.offsetOf`. */
export type SqlNode = Node;

export interface SqlParser {
  /** Never throws: what cannot be parsed for any reason is an `SqlSyntaxError`. */
  parse(text: string): ParsedSql | SqlSyntaxError;
  /** The same for statements that differ only in constants, white space and the like; null where there is a syntax error. */
  fingerprint(text: string): string | null;
  /** The tokens with comments; null where a literal or comment is not closed. */
  scan(text: string): readonly SqlToken[] | null;
}

export interface ParsedSql {
  readonly kind: 'parsed';
  readonly statements: readonly SqlStatement[];
  /** From a `location` in the tree to an offset in the text. */
  readonly offsetOf: ByteOffsetMap;
}

/** One statement, without its semicolon and the white space and comments before it. */
export interface SqlStatement extends TextRange {
  readonly node: SqlNode;
}

export interface SqlSyntaxError {
  readonly kind: 'syntax-error';
  /** In PostgreSQL's words. */
  readonly message: string;
  /** UTF-16 offset in the text. */
  readonly position: number;
  /** True where our parser gave up: PostgreSQL itself may read on. */
  readonly tooDeep: boolean;
}

export interface SqlToken extends TextRange {
  /** The grammar's name, such as IDENT, SCONST, PARAM, SQL_COMMENT, C_COMMENT; `ASCII_44` for a comma. */
  readonly name: string;
  readonly keyword: boolean;
}

export async function loadSqlParser(): Promise<SqlParser> {
  await loadModule();
  return { parse: parseSql, fingerprint: fingerprintOf, scan: scanSql };
}

/** A C string ends at NUL: PostgreSQL would silently parse the text up to it. */
function nulError(text: string): SqlSyntaxError | null {
  const position = text.indexOf('\0');
  return position < 0
    ? null
    : { kind: 'syntax-error', message: 'the text contains a NUL character', position, tooDeep: false };
}

function parseSql(text: string): ParsedSql | SqlSyntaxError {
  const offsetOf = createByteOffsetMap(text);
  const nul = nulError(text);
  if (nul) return nul;
  if (text === '') return { kind: 'parsed', statements: [], offsetOf };
  try {
    const statements = (parseSync(text).stmts ?? []).flatMap(({ stmt, stmt_location, stmt_len }) => {
      if (!stmt) return [];
      const from = stmt_location ?? 0;
      return [
        { node: stmt, ...trimmed(text, offsetOf(from), stmt_len ? offsetOf(from + stmt_len) : text.length) },
      ];
    });
    return { kind: 'parsed', statements, offsetOf };
  } catch (error) {
    return syntaxError(text, error);
  }
}

/** Nesting beyond what the parser's stack carries ends here as well, and leaves the parser usable. */
function syntaxError(text: string, error: unknown): SqlSyntaxError {
  if (error instanceof Error && hasSqlDetails(error)) {
    const position = unitOffsetOfCharacter(text, error.sqlDetails?.cursorPosition ?? 0);
    // The parser's own stack is smaller than a server's.
    const tooDeep = /^memory exhausted|stack depth/.test(error.message);
    return { kind: 'syntax-error', message: error.message, position, tooDeep };
  }
  const message = 'the statement is too deeply nested to be read';
  return { kind: 'syntax-error', message, position: 0, tooDeep: true };
}

function trimmed(text: string, start: number, end: number): TextRange {
  const lead = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(text.slice(start, end))?.[0].length ?? 0;
  return { start: start + lead, end: start + lead + text.slice(start + lead, end).trimEnd().length };
}

function fingerprintOf(text: string): string | null {
  if (text.trim() === '' || nulError(text)) return null;
  try {
    return fingerprintSync(text);
  } catch {
    return null;
  }
}

function scanSql(text: string): readonly SqlToken[] | null {
  if (text === '') return [];
  if (nulError(text)) return null;
  const offsetOf = createByteOffsetMap(text);
  try {
    return scanSync(text).tokens.map(token => ({
      start: offsetOf(token.start),
      end: offsetOf(token.end),
      name: token.tokenName,
      keyword: token.keywordKind > 0,
    }));
  } catch {
    return null;
  }
}
