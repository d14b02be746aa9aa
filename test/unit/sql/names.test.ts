/** What a name in SQL stands for, told from its words alone: `¦` behind a name, a table's columns given. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNames } from '../../../src/sql/names/read-names.ts';
import { meantBy, type SqlTable } from '../../../src/sql/names/resolve-names.ts';
import { sqlWords } from '../../../src/sql/names/words.ts';

const tables: Readonly<Record<string, readonly string[]>> = {
  users: ['id', 'name', 'team_id'],
  teams: ['id', 'title'],
  orders: ['id', 'user_id', 'total'],
};

const columnsOf = ({ name }: SqlTable) => tables[name] ?? null;

/** `column users.name`, `table users`, the SQL that a place shows, or null. */
function meaning(marked: string): string | null {
  const cursor = marked.indexOf('¦');
  const sql = marked.replace('¦', '');
  const words = sqlWords(sql).filter(({ kind }) => kind !== 'comment');
  for (const mention of readNames(words)) {
    const part = mention.parts.findIndex(({ start, end }) => start <= cursor && cursor <= end);
    const meant = part < 0 ? null : meantBy(mention, part, columnsOf);
    if (meant === null) continue;
    if (meant.kind === 'place') return sql.slice(meant.range.start, meant.range.end);
    const table =
      meant.table.schema === null ? meant.table.name : `${meant.table.schema}.${meant.table.name}`;
    return meant.kind === 'table' ? `table ${table}` : `column ${table}.${meant.column}`;
  }
  return null;
}

const cases: Readonly<Record<string, readonly (readonly [string, string | null])[]>> = {
  'tables of FROM, also behind joins, commas and schemas': [
    ['SELECT 1 FROM users¦', 'table users'],
    ['SELECT 1 FROM teams t JOIN users¦ u ON true', 'table users'],
    ['SELECT 1 FROM teams t, users¦', 'table users'],
    ['SELECT 1 FROM shop.users¦', 'table shop.users'],
    ['SELECT 1 FROM (teams t LEFT JOIN users¦ u ON u.team_id = t.id)', 'table users'],
    ['SELECT 1 FROM "users¦"', 'table users'],
  ],
  'columns by alias, by table, and by nothing': [
    ['SELECT u.name¦ FROM users u', 'column users.name'],
    ['SELECT users.name¦ FROM users', 'column users.name'],
    ['SELECT name¦ FROM users', 'column users.name'],
    ['SELECT title¦ FROM users u JOIN teams t ON t.id = u.team_id', 'column teams.title'],
    ['SELECT 1 FROM users u JOIN teams t ON t.id¦ = u.team_id', 'column teams.id'],
    ['SELECT count(*) FROM users WHERE lower(name¦) = $1', 'column users.name'],
    ['SELECT u¦.name FROM users u', 'table users'],
    ['SELECT t.name¦ FROM users u', null],
    ['SELECT nope¦ FROM users', null],
  ],
  'a subquery sees the query around it, one in FROM does not': [
    [
      'SELECT 1 FROM users u WHERE EXISTS (SELECT 1 FROM orders WHERE user_id = u.name¦)',
      'column users.name',
    ],
    ['SELECT 1 FROM users u WHERE EXISTS (SELECT 1 FROM orders WHERE total¦ > 1)', 'column orders.total'],
    ['SELECT 1 FROM users u, (SELECT u.name¦) x', null],
    ['SELECT 1 FROM users u, LATERAL (SELECT u.name¦) x', 'column users.name'],
  ],
  'columns of subqueries and common table expressions lead to their tables': [
    ['SELECT x.name¦ FROM (SELECT name FROM users) x', 'column users.name'],
    ['SELECT x.name¦ FROM (SELECT * FROM users) x', 'column users.name'],
    ['SELECT x.name¦ FROM (SELECT u.*, 1 AS one FROM users u) x', 'column users.name'],
    ['SELECT x.total¦ FROM (SELECT count(*) AS total FROM users) x', 'total'],
    ['WITH w AS (SELECT id, name AS n FROM users) SELECT w.n¦ FROM w', 'column users.name'],
    ['WITH w (a) AS (SELECT id FROM users) SELECT a¦ FROM w', 'a'],
    ['WITH w AS (SELECT 1 FROM users) SELECT 1 FROM w¦', 'w'],
    ['WITH a AS (SELECT id FROM users), b AS (SELECT id¦ FROM a) SELECT 1 FROM b', 'column users.id'],
    [
      'WITH RECURSIVE t AS (SELECT id FROM users UNION ALL SELECT u.id FROM users u JOIN t ON t.id¦ = u.team_id) SELECT 1 FROM t',
      'column users.id',
    ],
    ['WITH d AS (DELETE FROM users RETURNING id) SELECT d.id¦ FROM d', 'column users.id'],
  ],
  'each branch of a set operation has its own tables': [
    ['SELECT name FROM users UNION SELECT title¦ FROM teams', 'column teams.title'],
    ['SELECT name¦ FROM users UNION SELECT title FROM teams', 'column users.name'],
  ],
  'what a statement changes': [
    ['INSERT INTO users¦ (name) VALUES (1)', 'table users'],
    ['INSERT INTO users (id, name¦) VALUES (1, 2)', 'column users.name'],
    ['INSERT INTO users (name) SELECT title¦ FROM teams', 'column teams.title'],
    ['INSERT INTO users (name) SELECT name¦ FROM teams', null],
    ['INSERT INTO users (id) VALUES (1) ON CONFLICT (id¦) DO NOTHING', 'column users.id'],
    [
      'INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name¦ = excluded.name',
      'column users.name',
    ],
    [
      'INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = excluded.name¦',
      'column users.name',
    ],
    [
      'INSERT INTO users (id) SELECT id FROM teams ON CONFLICT (id) DO NOTHING RETURNING name¦',
      'column users.name',
    ],
    ['UPDATE users u SET name¦ = 1', 'column users.name'],
    ['UPDATE users SET name = t.title¦ FROM teams t WHERE t.id = team_id', 'column teams.title'],
    ['UPDATE users SET id = 1, name¦ = 2', 'column users.name'],
    ['UPDATE users SET (id, name¦) = (1, 2)', 'column users.name'],
    ['DELETE FROM users USING teams t WHERE t.id = users.team_id¦', 'column users.team_id'],
    [
      'MERGE INTO users u USING teams t ON t.id = u.team_id WHEN MATCHED THEN UPDATE SET name¦ = t.title',
      'column users.name',
    ],
    [
      'MERGE INTO users u USING teams t ON t.id = u.team_id WHEN NOT MATCHED THEN INSERT (name) VALUES (t.title¦)',
      'column teams.title',
    ],
  ],
  'words that look like clauses': [
    ['SELECT extract(year FROM name¦) FROM users', 'column users.name'],
    ['SELECT substring(name¦ FROM 2) FROM users', 'column users.name'],
    ['SELECT 1 FROM users WHERE name IS NOT DISTINCT FROM team_id¦', 'column users.team_id'],
    ['SELECT 1 FROM users FOR UPDATE; SELECT name¦ FROM users', 'column users.name'],
    ["SELECT 'FROM teams', name¦ FROM users -- FROM orders", 'column users.name'],
    ['SELECT name::text, id¦ FROM users', 'column users.id'],
    ['SELECT row_number() OVER (PARTITION BY team_id¦ ORDER BY id) FROM users', 'column users.team_id'],
    ['SELECT name n, id¦ FROM users', 'column users.id'],
    ['SELECT count(*) AS name FROM teams ORDER BY name¦', 'name'],
    ['SELECT count(*) FILTER (WHERE id¦ > 1) FROM users', 'column users.id'],
  ],
  'statements about tables': [
    ['CREATE INDEX i ON users (name¦)', 'column users.name'],
    ['CREATE UNIQUE INDEX CONCURRENTLY i ON users¦ USING btree (name)', 'table users'],
    ['CREATE INDEX i ON users (id) WHERE name¦ IS NULL', 'column users.name'],
    ['ALTER TABLE users¦ DROP COLUMN name', 'table users'],
    ['ALTER TABLE users DROP COLUMN IF EXISTS name¦', 'column users.name'],
    ['ALTER TABLE orders ADD FOREIGN KEY (user_id¦) REFERENCES users (id)', 'column orders.user_id'],
    [
      'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id¦) ON DELETE CASCADE',
      'column users.id',
    ],
    ['DROP TABLE IF EXISTS users¦', 'table users'],
    ["COMMENT ON COLUMN users.name¦ IS 'x'", 'column users.name'],
    ['CREATE VIEW v AS SELECT name¦ FROM users', 'column users.name'],
    ['TRUNCATE users¦', 'table users'],
    ['TRUNCATE teams, users¦', 'table users'],
    ['CREATE STATISTICS s (mcv) ON id, name FROM users¦', 'table users'],
    ['CREATE STATISTICS s (mcv) ON id, name¦ FROM users', 'column users.name'],
  ],
  'broken SQL': [
    ['SELECT u.name¦ FROM users u WHERE', 'column users.name'],
    ['SELECT name¦, FROM users', 'column users.name'],
    ['SELECT (name¦ FROM users', null],
    ['SELECT FROM users u JOIN ON u.name¦', 'column users.name'],
    ["SELECT name¦ FROM users WHERE name = 'open", 'column users.name'],
    ['))) SELECT name¦ FROM users', 'column users.name'],
  ],
};

for (const [title, each] of Object.entries(cases))
  test(title, () => {
    for (const [sql, expected] of each) assert.equal(meaning(sql), expected, sql);
  });

test('columns through many common table expressions', () => {
  const expressions = Array.from({ length: 60 }, (_, index) => {
    const from = index === 0 ? 'users' : `c${index - 1}`;
    return `c${index} AS (SELECT id, name, team_id FROM ${from})`;
  });
  assert.equal(meaning(`WITH ${expressions.join(', ')} SELECT name¦ FROM c59`), 'column users.name');
});

test('a text may end anywhere, and lack any of its words', () => {
  for (const [marked] of Object.values(cases).flat()) {
    const sql = marked.replace('¦', '');
    const words = sqlWords(sql);
    const cut = Array.from(sql, (_, index) => sql.slice(0, index));
    const lacking = words.map(({ start, end }) => sql.slice(0, start) + sql.slice(end));
    for (const text of [...cut, ...lacking])
      for (const { parts } of readNames(sqlWords(text)))
        for (const { start, end } of parts) assert.ok(0 <= start && start < end && end <= text.length, text);
  }
});

test('deep nesting is stepped over', () => {
  const deep = `SELECT ${'(SELECT '.repeat(5_000)}1${')'.repeat(5_000)} FROM users WHERE name¦ = 1`;
  assert.equal(meaning(deep), 'column users.name');
});
