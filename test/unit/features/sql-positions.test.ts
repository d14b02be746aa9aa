/** A syntax error is shown at the character of the Python source at which PostgreSQL stopped, however the text is written. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFile } from '../../../src/features/checking/check-file.ts';
import { workspaceOf } from '../../workspace.ts';

const imports = `import textwrap
import aiosqlite, asyncpg, psycopg, psycopg2
from alembic import op
from psycopg import sql
from sqlalchemy import create_engine, text, tstring
from sqlalchemy.orm import Session

engine = create_engine("postgresql+psycopg://host/shop")

`;

/** The rules that find something, with where each finding begins. The cursor `¦` is taken out first. */
async function foundIn(code: string): Promise<readonly (readonly [string, number])[]> {
  const source = imports + code.replace('¦', '');
  const workspace = await workspaceOf({ 'app.py': source });
  const { findings } = await checkFile(workspace, '/project/app.py', null, new AbortController().signal);
  return findings
    .filter(({ rule }) => rule !== 'sql-built-from-strings')
    .map(({ rule, range }) => [rule, range.start] as const);
}

const broken: Readonly<Record<string, string>> = {
  'one literal': 'text("SELECT id FROM users WHERE ¦AND name IS NULL")',
  'a triple-quoted literal': 'text("""\n    SELECT id\n    FROM users\n    WHERE ¦AND name IS NULL\n""")',
  'a raw literal': String.raw`text(r"SELECT '\d+' ~ name FROM users WHERE ¦AND true")`,
  'escapes before it': String.raw`text("SELECT '\t\u00e9\x41' FROM users WHERE ¦AND true")`,
  'a line continued': 'text("SELECT id \\\n  FROM users WHERE ¦AND true")',
  'implicit concatenation': 'text(\n    "SELECT id "\n    "FROM users "\n    "WHERE ¦AND true"\n)',
  'concatenation by +': 'text("SELECT id FROM users " + "WHERE ¦AND true")',
  'a constant of the module':
    'WHERE = "WHERE ¦AND true"\nQUERY = "SELECT id FROM users " + WHERE\nfound = text(QUERY)',
  'a constant in an f-string': 'WHERE = "WHERE ¦AND true"\nfound = text(f"SELECT id FROM users {WHERE}")',
  'characters of several bytes': 'text("SELECT \'é 😀 日本\' AS a FROM users WHERE ¦AND true")',
  'characters of several bytes before the literal':
    'title = "😀é"; found = text("SELECT id FROM users WHERE ¦AND true")',
  'lines that end in CRLF': 'text("""\r\n    SELECT id\r\n    FROM users\r\n    WHERE ¦AND true\r\n""")',
  'dedent()': 'text(textwrap.dedent("""\n    SELECT id\n    FROM users WHERE ¦AND true\n"""))',
  'a parameter before it': 'text("SELECT id FROM users WHERE name = :a_long_name AND ¦OR true")',
  'op.execute()': 'op.execute("ALTER TABLE users ADD COLUMN ¦(x int)")',
  'exec_driver_sql()':
    'def run():\n    with engine.begin() as connection:\n        connection.exec_driver_sql("SELECT id FROM users WHERE id = %s AND ¦OR true", (1,))',
  'a method of asyncpg':
    'async def run(connection: asyncpg.Connection):\n    await connection.fetch("SELECT id FROM users WHERE id = $1 AND ¦OR true", 1)',
  'a pool that is kept in an attribute':
    'class Users:\n    def __init__(self, pool: asyncpg.Pool):\n        self.pool = pool\n    async def all(self):\n        async with self.pool.acquire() as connection:\n            return await connection.fetch("SELECT id FROM ¦WHERE")',
  'a cursor of psycopg':
    'def run():\n    with psycopg.connect("") as connection, connection.cursor() as cursor:\n        cursor.execute("SELECT 1 %% 2 FROM users WHERE id = %(id)s AND ¦OR true", {"id": 1})',
  'psycopg.sql':
    'def run(cursor: psycopg.Cursor):\n    cursor.execute(sql.SQL("SELECT id FROM {} WHERE ¦AND true").format(sql.Identifier("users")))',
  'an f-string around it':
    'def run(table: str):\n    return text(f"SELECT id FROM {table} WHERE ¦AND true ORDER BY {table}.id")',
  '% around it': 'def run(table: str):\n    return text("SELECT id FROM %s WHERE ¦AND true" % table)',
  '.format() around it':
    'def run(table: str):\n    return text("SELECT id FROM {} WHERE ¦AND true".format(table))',
  'a template':
    'def run(name: str):\n    return tstring(t"SELECT id FROM users WHERE name = {name} AND ¦OR true")',
};

for (const [what, code] of Object.entries(broken)) {
  test(`${what}: the error is where PostgreSQL stops`, async () => {
    assert.deepEqual(await foundIn(code), [['sql-syntax-error', (imports + code).indexOf('¦')]]);
  });
}

const correct: Readonly<Record<string, string>> = {
  'a name in the hole': 'def run(table: str):\n    return text(f"SELECT id FROM {table} WHERE id = 1")',
  'a part of a name': 'def run(year: int):\n    return text(f"SELECT id FROM log_{year} WHERE id = 1")',
  'a list in the hole':
    'def run(columns: str):\n    return text(f"INSERT INTO users ({columns}) VALUES ({columns})")',
  'a clause in the hole':
    'def run(where: str, order: str):\n    return text(f"SELECT id FROM users {where} {order} LIMIT 1")',
  'conditions in the hole':
    'def run(more: str):\n    return text(f"SELECT id FROM users WHERE true {more} GROUP BY id")',
  'the hole in quotes': 'def run(days: int):\n    return text(f"SELECT now() - interval \'{days} days\'")',
  'a keyword in the hole':
    'def run(how: str):\n    return text(f"SELECT id FROM users ORDER BY id {how} NULLS LAST")',
  'an action in the hole': 'def run(what: str):\n    return text(f"ALTER TABLE users {what} COLUMN name")',
  'anything in the hole': 'def run(query: str):\n    return text(f"EXPLAIN {query}")',
  'SQLite, which is not PostgreSQL':
    'async def run(db: aiosqlite.Connection):\n    await db.execute("INSERT OR REPLACE INTO users VALUES (?, ?)", (1, 2))',
  'the tuple that psycopg2 puts in':
    'def run(cursor: psycopg2.extensions.cursor, ids):\n    cursor.execute("SELECT id FROM users WHERE id IN %s", (tuple(ids),))',
  'a method that is only called like one':
    'def run(client):\n    client.execute("SELECT nothing FROM WHERE")\n    client.fetch("SELECT FROM WHERE")',
  'escaped colons and casts': String.raw`text("SELECT name::text, '{\"a\"\\:true}'::jsonb FROM users WHERE name = :x")`,
};

for (const [what, code] of Object.entries(correct)) {
  test(`${what} is no error`, async () => {
    assert.deepEqual(await foundIn(code), []);
  });
}
