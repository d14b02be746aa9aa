/** A text → whether it speaks the SQL of another database. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNamedForOtherDatabase, speaksOtherDatabase } from '../../../src/sql/other-databases.ts';

function isForeign(sql: string, expected: boolean): void {
  test(`${expected ? 'foreign' : 'PostgreSQL’s'}: ${sql}`, () =>
    assert.equal(speaksOtherDatabase(sql), expected));
}

isForeign('SELECT `name` FROM users', true);
isForeign('CREATE TABLE users (id int AUTO_INCREMENT)', true);
isForeign("SELECT json_extract(data, '$.a') FROM users", true);
isForeign("SELECT * FROM 'users.parquet'", true);
isForeign('ALTER TABLE users ADD CONSTRAINT "ck_users_`valid`" CHECK (id > 0)', false);
isForeign("COMMENT ON TABLE users IS 'was: `users`, made by sqlite_sequence'", false);
isForeign('-- as `users` of MySQL\nSELECT 1 /* PRAGMA foreign_keys */', false);
isForeign('SELECT time(departure) AS at FROM trips', true);
isForeign("SELECT strftime('%Y', made) FROM users", true);
isForeign('CREATE TABLE chunks (id BLOB PRIMARY KEY) STRICT;', true);
isForeign('CREATE TABLE a (id int); CREATE FUNCTION f(n int) RETURNS varchar(3) STRICT', false);
isForeign("SELECT time(3) '12:00:00', cast(made AS time (0)) FROM users", false);

test('a path that names another database', () => {
  const paths = [
    'source/sql/teradata.py',
    'mysql/load.sql',
    'pymysql_dump.py',
    'sources/vertica_inspector.py',
  ];
  assert.deepEqual(paths.filter(isNamedForOtherDatabase), paths);
  const ours = [
    'archive/users.py',
    'sqlite_to_postgres.py',
    'oracle/pg/users.sql',
    'oracles.py',
    'presto/jobs/a.py',
  ];
  assert.deepEqual(ours.filter(isNamedForOtherDatabase), []);
});
