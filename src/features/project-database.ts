/** Which database a project is written for, as far as its drivers and URLs tell: others are not PostgreSQL's to judge. */
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

const postgres = /postgres|psycopg|asyncpg|pg8000/i;

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
  const texts = [...workspace.configurationFiles.map(path => workspace.textOf(path) ?? '')];
  for (const file of workspace.project.files.values()) texts.push(file.text);
  if (texts.some(text => postgres.test(text))) return null;
  const named = Object.entries(others).find(([, pattern]) => texts.some(text => pattern.test(text)));
  return named?.[0] ?? null;
}
