/** Which database a project is written for, as far as its drivers and URLs tell: others are not PostgreSQL's to judge. */
import type { SourceFile } from '../sqlalchemy/project.ts';
import type { WorkspaceSnapshot } from './snapshot.ts';

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

/** What is written for one database alone: its types. */
const types: Readonly<Record<string, RegExp>> = {
  MySQL: /\bdialects(?:\.|\s+import\s+)(?:\w+,\s*)*(?:mysql|mariadb)\b/,
  'SQL Server': /\bdialects(?:\.|\s+import\s+)(?:\w+,\s*)*mssql\b/,
  Oracle: /\bdialects(?:\.|\s+import\s+)(?:\w+,\s*)*oracle\b/,
};

const forPostgres =
  /\bpostgres(?:ql)?(?:\+\w+)?:\/\/|\bpostgresql_\w|\bdialects(?:\.|\s+import\s+)(?:\w+,\s*)*postgresql\b/;

/** Modules with another database's types for one that is written for PostgreSQL, from which on the project is the other's. */
const foreignShare = 10;

/**
 * The database that the project names where PostgreSQL is not named at all, or hardly beside it; null otherwise. SQLite does not count: its
 * SQL is close to PostgreSQL's, and it mostly stands in for it.
 */
export function foreignDatabase(workspace: ProjectTexts): string | null {
  const known = decided.get(workspace);
  if (known !== undefined) return known;
  const foreign = readForeignDatabase(workspace);
  decided.set(workspace, foreign);
  return foreign;
}

type ProjectTexts = Pick<WorkspaceSnapshot, 'configurationFiles' | 'project' | 'textOf'>;

const decided = new WeakMap<ProjectTexts, string | null>();

function readForeignDatabase(workspace: ProjectTexts): string | null {
  const found = new Set<string>();
  for (const path of workspace.configurationFiles)
    for (const name of databasesIn(workspace.textOf(path) ?? '')) found.add(name);
  const modules = new Map<string, number>();
  for (const file of workspace.project.files.values()) {
    const { names, writtenFor } = evidenceIn(file);
    for (const name of names) found.add(name);
    for (const name of writtenFor) modules.set(name, (modules.get(name) ?? 0) + 1);
  }
  const outweighs = (name: string) =>
    !found.has(own) || (modules.get(name) ?? 0) > foreignShare * Math.max(1, modules.get(own) ?? 0);
  return Object.keys(others).find(name => found.has(name) && outweighs(name)) ?? null;
}

interface Evidence {
  /** Databases that it names. */
  readonly names: readonly string[];
  /** Databases whose types or options it uses. */
  readonly writtenFor: readonly string[];
}

const kept = new WeakMap<SourceFile, Evidence>();

function evidenceIn(file: SourceFile): Evidence {
  const { text } = file;
  const known = kept.get(file) ?? {
    names: databasesIn(text, postgresInCode),
    writtenFor: [
      ...Object.entries(types).flatMap(([name, pattern]) => (pattern.test(text) ? [name] : [])),
      ...(forPostgres.test(text) ? [own] : []),
    ],
  };
  kept.set(file, known);
  return known;
}

function databasesIn(text: string, ofPostgres = postgres): readonly string[] {
  const foreign = Object.entries(others).flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
  return ofPostgres.test(text) ? [own, ...foreign] : foreign;
}
