/**
 * The revisions that an SQLite file stands at. Opens it read-only through Node's own SQLite, which Node 20 does not
 * have; then the answer is `unavailable`.
 */
import { existsSync } from 'node:fs';
import { quoteIdentifier } from '../../schema/identifier.ts';

export type SqliteRevisions =
  | { readonly kind: 'revisions'; readonly revisions: readonly string[] }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** The part of `node:sqlite` that this uses. */
interface Sqlite {
  readonly DatabaseSync: new (path: string, options: { readonly readOnly: boolean }) => Database;
}

interface Database {
  prepare(sql: string): { all(...values: string[]): readonly Readonly<Record<string, unknown>>[] };
  close(): void;
}

/** Sorted. No file and no table mean no revisions, as before the first upgrade. Never throws. */
export async function readSqliteRevisions(file: string, versionTable: string): Promise<SqliteRevisions> {
  if (!existsSync(file)) return { kind: 'revisions', revisions: [] };
  const sqlite = await loadSqlite();
  if (!sqlite) return unavailable('Reading SQLite files needs Node 22.13 or later.');
  try {
    const database = new sqlite.DatabaseSync(file, { readOnly: true });
    try {
      return { kind: 'revisions', revisions: readRevisions(database, versionTable) };
    } finally {
      database.close();
    }
  } catch (error) {
    return unavailable(
      `${file} could not be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function readRevisions(database: Database, versionTable: string): string[] {
  const known = database
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
    .all(versionTable);
  if (known.length === 0) return [];
  const rows = database
    .prepare(`SELECT version_num FROM ${quoteIdentifier(versionTable)} ORDER BY version_num`)
    .all();
  return rows.map(row => String(row.version_num));
}

async function loadSqlite(): Promise<Sqlite | null> {
  try {
    // The name is kept from bundlers, which would refuse it where their own Node has no such module.
    const name = 'node:sqlite';
    return (await import(name)) as Sqlite;
  } catch {
    return null;
  }
}

function unavailable(reason: string): SqliteRevisions {
  return { kind: 'unavailable', reason };
}
