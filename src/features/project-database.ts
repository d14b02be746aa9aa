/** Which database a project is written for, as far as its drivers and URLs tell: others are not PostgreSQL's to judge. */
import type { SourceFile } from '../sqlalchemy/project.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

const own = 'PostgreSQL';
const postgres = /postgres|psycopg|asyncpg|pg8000/i;

/** In Python, where prose also speaks of PostgreSQL: URLs, dialects, drivers, options and settings. */
const postgresInCode =
  /\bpostgres(?:ql)?\+\w+|\bpostgresql:\/\/|["']postgres(?:ql)?["']|\bpostgresql_\w|\bPOSTGRES\w*_|\bdialects\.postgresql|\bimport\s+(?:\w+,\s*)*postgresql|psycopg|asyncpg|pg8000/;

const others: Readonly<Record<string, RegExp>> = {
  MySQL: /\b(?:pymysql|mysqlclient|aiomysql|asyncmy|mysql\+|mysql:\/\/)/i,
  'SQL Server': /\b(?:mssql\+|pymssql|mssql:\/\/)/i,
  Oracle: /\b(?:oracle\+|cx_oracle|oracledb)\b/i,
};

/**
 * The database that the project names where PostgreSQL is not named at all; null otherwise. SQLite does not count: its
 * SQL is close to PostgreSQL's, and it mostly stands in for it.
 */
export function foreignDatabase(workspace: WorkspaceSnapshot): string | null {
  const known = decided.get(workspace);
  if (known !== undefined) return known;
  const foreign = readForeignDatabase(workspace);
  decided.set(workspace, foreign);
  return foreign;
}

const decided = new WeakMap<WorkspaceSnapshot, string | null>();

function readForeignDatabase(workspace: WorkspaceSnapshot): string | null {
  const found = new Set<string>();
  for (const path of workspace.configurationFiles)
    for (const name of databasesIn(workspace.textOf(path) ?? '')) found.add(name);
  for (const file of workspace.project.files.values()) for (const name of databasesOf(file)) found.add(name);
  return found.has(own) ? null : (Object.keys(others).find(name => found.has(name)) ?? null);
}

const kept = new WeakMap<SourceFile, readonly string[]>();

function databasesOf(file: SourceFile): readonly string[] {
  const known = kept.get(file) ?? databasesIn(file.text, postgresInCode);
  kept.set(file, known);
  return known;
}

function databasesIn(text: string, ofPostgres = postgres): readonly string[] {
  const foreign = Object.entries(others).flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
  return ofPostgres.test(text) ? [own, ...foreign] : foreign;
}
