import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { readSqliteRevisions } from '../../../src/database/sqlite/applied-revisions.ts';

const folder = mkdtempSync(join(tmpdir(), 'database-patterns-'));
after(() => rmSync(folder, { recursive: true }));

function write(name: string, sql: string): string {
  const file = join(folder, name);
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
  return file;
}

test('revisions are read, sorted, and the file is left as it was', async () => {
  const file = write(
    'a.db',
    "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('b'), ('a')",
  );
  const before = readFileSync(file);
  assert.deepEqual(await readSqliteRevisions(file, 'alembic_version'), {
    kind: 'revisions',
    revisions: ['a', 'b'],
  });
  assert.deepEqual(readFileSync(file), before);
});

test('no table and no file are no revisions', async () => {
  const none = { kind: 'revisions', revisions: [] };
  assert.deepEqual(await readSqliteRevisions(write('b.db', 'CREATE TABLE x (y)'), 'alembic_version'), none);
  assert.deepEqual(await readSqliteRevisions(join(folder, 'missing.db'), 'alembic_version'), none);
});

test('a table with a hostile name is only a name', async () => {
  const file = write('c.db', 'CREATE TABLE "x""; DROP TABLE y; --" (version_num); CREATE TABLE y (z)');
  assert.deepEqual(await readSqliteRevisions(file, 'x"; DROP TABLE y; --'), {
    kind: 'revisions',
    revisions: [],
  });
});

test('what is no database says so', async () => {
  const file = join(folder, 'text.db');
  writeFileSync(file, 'not a database, '.repeat(100));
  const answer = await readSqliteRevisions(file, 'alembic_version');
  assert.equal(answer.kind, 'unavailable');
});
