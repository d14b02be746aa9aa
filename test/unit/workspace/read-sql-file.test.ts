/** A script → why PostgreSQL is not asked about it; null where it is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { createSqlFileReader } from '../../../src/workspace/files/read-sql-file.ts';

const reader = createSqlFileReader(await loadSqlParser());

function isJudged(path: string, text: string, expected: string | null): void {
  test(`${path}: ${text}`, () => {
    const [statement] = reader.fileOf(path, text)?.statements ?? [];
    assert.equal(statement?.unknown?.detail ?? null, expected);
  });
}

const template = 'The file is a template that is filled in before it is sent.';
const foreign = 'The file speaks the SQL of another database.';

isJudged('a.sql', 'SELECT id FROM users', null);
isJudged(
  'a.sql',
  'TRUNCATE users; transfer users from elsewhere using SELECT id FROM users;',
  'The file holds commands of another tool, which PostgreSQL does not have.',
);
isJudged('a.sql', 'SELECT 1; SELCT 2; (SELECT 3);', null);
isJudged('b.sql', 'SELECT id FROM {table}', template);
isJudged('c.sql', 'SELECT id FROM users WHERE name = {{ name }}', template);
isJudged('c.sql', 'CREATE SEQUENCE a START <first_of_them>', template);
isJudged('d.sql', 'SELECT `id` FROM users', foreign);
isJudged('mysql/e.sql', 'SELECT 1', 'The file’s name says that it is meant for another database.');
isJudged('/ppas/default/a.sql', 'SELECT 1', 'The file’s name says that it is meant for another database.');
isJudged('f.sql', `CREATE TABLE a (b jsonb DEFAULT '{"c": {}, "d": 1}')`, null);
isJudged('g.sql', 'ALTER TABLE a ADD CONSTRAINT "ck_`b`" CHECK (b ~ \'^[0-9]{8}-[0-9]{4}$\')', null);
isJudged(
  'h.sql',
  'CREATE FUNCTION f() RETURNS @extschema:vector@.vector',
  'CREATE EXTENSION fills in a part of the script.',
);
isJudged('i.sql', 'SELECT @ -5', null);
isJudged(
  'j.sql',
  "PERFORM pg_extension_config_dump('a', '')",
  'The statement is PL/pgSQL’s: the script is put in a DO block before it is sent.',
);
isJudged('k.sql', "DO $$ BEGIN PERFORM pg_notify('a', 'b'); END $$", null);
