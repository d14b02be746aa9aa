import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { PGlite } from '@electric-sql/pglite';
import { openPglite } from '../../../src/database/shadow/open-pglite.ts';
import { ShadowSession } from '../../../src/database/shadow/shadow-session.ts';
import type { Verdict } from '../../../src/database/verdict.ts';
import { type DdlStatement, renderStatements } from '../../../src/schema/ddl.ts';
import type { Column, ForeignKey, Table } from '../../../src/schema/schema.ts';
import { shadowSnapshot } from './shadow-snapshot.ts';

let pglite: PGlite;
let session: ShadowSession;
/** Of the test that runs, since they were looked at. */
const problems: string[] = [];

before(async () => {
  pglite = await openPglite({ assets: null, snapshot: await shadowSnapshot() });
  session = new ShadowSession(pglite, ({ statement, effect, message }) =>
    problems.push(`${statement} ${effect}: ${message}`),
  );
});
beforeEach(() => problems.splice(0));
after(() => pglite.close());

function shared(sql: string): DdlStatement {
  return { sql, table: null, refersTo: null, simplified: null, bare: null };
}

function table(name: string, body: string, simplified: string | null = null): DdlStatement {
  const create = (columns: string) => `CREATE TABLE ${name} (${columns})`;
  return {
    sql: create(body),
    table: { schema: null, name },
    refersTo: null,
    simplified: simplified && create(simplified),
    bare: simplified && create(body.replace(/ primary key\b/gi, '')),
  };
}

function index(owner: string, sql: string): DdlStatement {
  return { ...table(owner, ''), sql };
}

function apply(...statements: DdlStatement[]): Promise<void> {
  return session.applySchema(statements);
}

async function builtTables(): Promise<readonly unknown[]> {
  const { rows } = await pglite.query<{ relname: string }>(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname",
  );
  return rows.map(({ relname }) => relname);
}

function outcome(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'ok':
      return 'ok';
    case 'error':
      return verdict.message;
    case 'unavailable':
      return `unavailable: ${verdict.reason}`;
  }
}

async function judge(sql: string): Promise<string> {
  return outcome(await session.describe(sql));
}

test('types and sources of a good statement', async () => {
  await apply(table('t', 'id serial PRIMARY KEY, name varchar(9)'));
  assert.deepEqual(await session.describe('SELECT id, name, id + 1 AS n FROM t WHERE name = $1 LIMIT $2'), {
    kind: 'ok',
    parameterTypes: ['text', 'bigint'],
    columns: [
      { name: 'id', type: 'integer', source: { schema: 'public', table: 't', column: 'id', notNull: true } },
      {
        name: 'name',
        type: 'character varying(9)',
        source: { schema: 'public', table: 't', column: 'name', notNull: false },
      },
      { name: 'n', type: 'integer', source: null },
    ],
  });
});

test('an error with PostgreSQL’s hint, and its place behind characters of any width', async () => {
  await apply(table('t', 'name text'));
  const sql = "SELECT 'é😀', t.naem FROM t";
  assert.deepEqual(await session.describe(sql), {
    kind: 'error',
    sqlstate: '42703',
    message: 'column t.naem does not exist',
    position: sql.indexOf('t.naem'),
    hint: 'Perhaps you meant to reference the column "t.name".',
    detail: null,
  });
});

test('nothing of a checked statement is executed', async () => {
  await apply(table('trace', 'x int'));
  assert.equal(await judge('SELECT x FROM trace'), 'ok');
  await pglite.exec(
    'CREATE FUNCTION leave() RETURNS int LANGUAGE sql AS $$ INSERT INTO trace VALUES (1) RETURNING x $$',
  );
  const hostile = [
    'SELECT leave()',
    'INSERT INTO trace VALUES (2)',
    'DO $$ BEGIN PERFORM leave(); END $$',
    'DROP TABLE trace',
    'COMMIT',
    "SET search_path = 'nowhere'",
    "COPY trace FROM PROGRAM 'echo 3'",
  ];
  for (const sql of hostile) assert.equal(await judge(sql), 'ok', sql);
  assert.match(await judge('SELECT 1; DROP TABLE trace'), /multiple commands/);
  const { rows } = await pglite.query('SELECT * FROM trace');
  assert.deepEqual(rows, []);
});

test('a changed table is replaced and the others stay', async () => {
  await apply(table('a', 'x int'), table('b', 'x int'));
  assert.equal(await judge('SELECT a.x, b.x FROM a, b'), 'ok');
  await pglite.exec('INSERT INTO a VALUES (1)');
  await apply(table('a', 'x int'), table('b', 'y int'), table('c', 'z int'));
  assert.equal(await judge('SELECT y, z FROM b, c'), 'ok');
  assert.deepEqual((await pglite.query('SELECT * FROM a')).rows, [{ x: 1 }]);
  await apply(table('a', 'x int'));
  assert.equal(await judge('SELECT 1 FROM b'), 'relation "b" does not exist');
});

test('of a schema that is built which statements name', async () => {
  const tables = ['a', 'b', 'c'].map(name => table(name, 'id serial PRIMARY KEY, x int'));
  const key = {
    ...index('a', 'ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES b'),
    refersTo: table('b', '').table,
  };
  await apply(...tables, index('b', 'CREATE INDEX by_x ON b (x)'), key);
  assert.deepEqual(await builtTables(), []);
  assert.equal(await judge('WITH a AS (SELECT 1) SELECT "c".x FROM "c", a'), 'ok');
  assert.deepEqual(await builtTables(), ['a', 'c']);
  assert.equal(await judge('SELECT x FROM d'), 'relation "d" does not exist');
  assert.equal(await judge('SELECT B.x FROM B'), 'ok');
  assert.deepEqual(await builtTables(), ['a', 'b', 'c']);
});

test('what is named without its table is found', async () => {
  const long = `t${'_long'.repeat(12)}`;
  const cases: readonly (readonly [sql: string, ...schema: DdlStatement[]])[] = [
    ["SELECT currval('t_id_seq')", table('t', 'id serial')],
    [`SELECT nextval('${long.slice(0, 56)}_id_seq')`, table(long, 'id serial')],
    ["SELECT 't_pkey'::regclass", table('t', 'id int PRIMARY KEY')],
    ["SELECT pg_relation_size('by_x')", table('t', 'x int'), index('t', 'CREATE INDEX by_x ON t (x)')],
    ["SELECT 't_x_idx'::regclass", table('t', 'x int'), index('t', 'CREATE INDEX ON t (x)')],
    ['SELECT \'"my table"\'::regclass', table('"my table"', 'x int')],
    ['SELECT $1::odd', table('t', 'x odd')],
    [
      'SELECT $1 <<% $2',
      table('t', 'name text'),
      index('t', 'CREATE INDEX ON t USING gin (name gin_trgm_ops)'),
    ],
  ];
  for (const [sql, ...schema] of cases) {
    await apply(shared('CREATE SCHEMA other'), ...schema);
    assert.equal(await judge(sql), 'ok', sql);
    await apply();
    assert.match(await judge(sql), /does not exist/, sql);
  }
});

test('a rebuild leaves nothing behind', async () => {
  await apply(
    shared('CREATE SCHEMA "Odd one"'),
    shared('CREATE TYPE mood AS ENUM ()'),
    table('"Odd one".t', 'x citext'),
  );
  await apply(shared("CREATE TYPE mood AS ENUM ('ok')"), table('t', 'm mood'));
  assert.equal(await judge('SELECT m FROM t'), 'ok');
  assert.match(await judge('SELECT * FROM "Odd one".t'), /does not exist/);
});

test('problems name their statement, and all else is built', async () => {
  const broken = [table('a', 'x int,,'), table('b', 'x int DEFAULT nosuch()', 'x int'), table('c', 'x int')];
  await apply(...broken);
  assert.match(await judge('SELECT 1 FROM a, b, c'), /^unavailable: The table a /);
  assert.equal(await judge('SELECT 1 FROM b, c'), 'ok');
  assert.deepEqual(problems.splice(0), [
    '0 skipped: syntax error at or near ","',
    '1 simplified: function nosuch() does not exist',
  ]);
  await apply(table('d', 'x int'), ...broken);
  assert.match(await judge('SELECT 1 FROM a, d'), /^unavailable: The table a /);
  assert.deepEqual(problems, [], 'each is told once');
});

test('what runs in one go with a failure is built once', async () => {
  const around = [table('a', 'x int PRIMARY KEY'), table('b', 'x int,,'), table('c', 'x int REFERENCES a')];
  await apply(...around);
  assert.match(await judge('SELECT 1 FROM a, b, c'), /^unavailable: The table b /);
  assert.equal(await judge('SELECT 1 FROM a, c'), 'ok');
  assert.deepEqual(problems, ['1 skipped: syntax error at or near ","']);
});

test('an extension that is built in is created where something of it is named', async () => {
  await apply(table('t', 'name citext, id uuid DEFAULT uuid_generate_v4()'));
  assert.equal(await judge('SELECT similarity(name, $1), crypt($2, $3), $4::hstore FROM t'), 'ok');
  assert.deepEqual(problems, []);
});

test('vectors are judged by the extension itself', async () => {
  await apply(
    table('t', 'id int, v vector(3)'),
    index('t', 'CREATE INDEX near ON t USING hnsw (v vector_cosine_ops)'),
  );
  assert.equal(await judge("SELECT 'near'::regclass"), 'ok');
  assert.deepEqual(problems, []);
  assert.equal(await judge('SELECT l2_distance(v, $1) FROM t ORDER BY v <=> $1 LIMIT 5'), 'ok');
  assert.match(await judge('SELECT v + 1 FROM t'), /^operator does not exist: vector \+ integer/);
});

test('an unknown type can be compared, ordered and written, and the rest of the statement is judged', async () => {
  await apply(
    table('t', 'id int, name varchar, o json, v odd_type PRIMARY KEY'),
    table('u', 't_id odd_type'),
  );
  for (const sql of [
    'SELECT v FROM t WHERE v = $1 AND v <> 1 AND id = v AND name < v AND v IN ($2, $3) ORDER BY v',
    'SELECT v, count(*) FROM t JOIN u ON u.t_id = t.v GROUP BY v',
    'SELECT name, id FROM t GROUP BY v',
    "UPDATE t SET v = 1, name = 'a'",
    "SELECT id FROM t WHERE name = 'a' AND 'b' = name AND id = $1",
  ]) {
    assert.equal(await judge(sql), 'ok', sql);
  }
  assert.equal(await judge('SELECT nmae FROM t WHERE v = 1'), 'column "nmae" does not exist');
  assert.equal(await judge('SELECT id FROM t WHERE o = $1'), 'operator does not exist: json = unknown');
  assert.equal(
    await judge('SELECT id FROM t WHERE id = name'),
    'operator does not exist: integer = character varying',
  );
  assert.deepEqual(problems, ['0 unknown-type: type "odd_type" does not exist']);
});

test('a length that PostgreSQL does not allow keeps no table away', async () => {
  await apply(table('t', 'id int, body VARCHAR(16777215)'));
  assert.equal(await judge('SELECT body FROM t'), 'ok');
});

test('an unknown type can be stored and selected, and nothing more is claimed', async () => {
  const statements = [
    shared('CREATE EXTENSION postgis'),
    table('t', 'id int, v raster, g geometry(POINT, 4326)[], m app.mood'),
  ];
  await apply(...statements);
  assert.equal(await judge('SELECT v, g, m FROM t'), 'ok');
  assert.deepEqual(problems, [
    '0 unknown-extension: extension "postgis" is not available',
    '1 unknown-type: type "raster" does not exist',
    '1 unknown-type: type "geometry[]" does not exist',
    '1 unknown-type: type "app.mood" does not exist',
  ]);
  for (const sql of [
    'SELECT v <-> $1 FROM t',
    'SELECT st_x(g[1]) FROM t',
    'SELECT st_distance($1, $2)',
    'SELECT sum(v) FROM t',
  ]) {
    assert.match(await judge(sql), /^unavailable/, sql);
  }
  assert.equal(await judge('SELECT idd FROM t'), 'column "idd" does not exist');
  assert.equal(await judge('SELECT cuont(id) FROM t'), 'function cuont(integer) does not exist');
});

test('statements that are too deep are given up, and the next is judged', async () => {
  for (const sql of [
    `SELECT 1${'+1'.repeat(50_000)}`,
    `SELECT ${'(SELECT '.repeat(3000)}1${')'.repeat(3000)}`,
  ]) {
    assert.match(await judge(sql), /^unavailable/);
  }
  assert.equal(await judge('SELECT 1'), 'ok');
});

test('empty text, a NUL and half a character', async () => {
  assert.equal(await judge(''), 'ok');
  assert.match(await judge('SELECT 1\0'), /invalid byte sequence/);
  assert.equal(await judge("SELECT '\ud83d'"), 'ok');
});

test('everything that a schema can hold is DDL that PostgreSQL accepts', async () => {
  const column = (name: string, type: string, rest: Partial<Column> = {}): Column => {
    return {
      name,
      type,
      nullable: true,
      default: null,
      identity: null,
      computed: null,
      comment: null,
      ...rest,
    };
  };
  const toward = (targetTable: string): ForeignKey => {
    const actions = { onDelete: 'SET NULL', onUpdate: 'CASCADE' };
    return {
      name: 'to',
      columns: ['other'],
      targetSchema: 'Shop',
      targetTable,
      targetColumns: ['id'],
      ...actions,
    };
  };
  const build = (name: string, other: string): Table => ({
    name,
    schema: 'Shop',
    columns: [
      column('id', 'BIGINT', { nullable: false, identity: 'by-default' }),
      column('select', '"Shop".mood[]', { default: "'{}'", comment: "it's" }),
      column('other', 'BIGINT'),
      column('double', 'BIGINT', { computed: { expression: 'other * 2', stored: true } }),
      column('data', 'JSONB', { nullable: false, default: "'{}'::jsonb" }),
    ],
    primaryKey: { name: null, columns: ['id'] },
    uniques: [{ name: `Unique ${name}`, columns: ['other', 'id'] }],
    foreignKeys: [toward(other)],
    checks: [{ name: 'positive', expression: 'other > 0' }],
    indexes: [
      {
        name: null,
        elements: ['"select"', '(other + 1) DESC'],
        unique: false,
        method: null,
        where: 'other > 1',
        include: ['id'],
      },
      {
        name: `gin ${name}`,
        elements: ['data jsonb_path_ops'],
        unique: false,
        method: 'gin',
        where: null,
        include: [],
      },
    ],
    comment: 'a\\b',
  });
  const statements = renderStatements({
    extensions: ['citext'],
    enums: [{ name: 'mood', schema: 'Shop', values: ['ok', "can't"] }],
    sequences: [{ name: 'Numbers', schema: null }],
    tables: [build('order', 'user'), build('user', 'order')],
  });
  await apply();
  await pglite.exec(statements.map(({ sql }) => sql).join(';'));
  await apply(shared('CREATE SCHEMA other'));
  await apply(...statements);
  assert.equal(
    await judge('SELECT "select", "double" FROM "Shop"."order" WHERE id = nextval(\'"Numbers"\')'),
    'ok',
  );
});

test('a statement of another time is judged by the tables of then, and those of now are as they were', async () => {
  await apply(
    shared("CREATE TYPE level AS ENUM ('low')"),
    table('t', 'id int PRIMARY KEY, l level'),
    table('u', 'id int'),
  );
  const then = {
    tables: [
      { schema: null, name: 't' },
      { schema: null, name: 'u' },
    ],
    types: [{ schema: null, name: 'level' }],
    statements: [shared("CREATE TYPE level AS ENUM ('high')"), table('t', 'nick text, l level, p place')],
  };
  const at = async (sql: string) => outcome(await session.describeAt(then, sql, []));
  assert.equal(await at("SELECT nick FROM t WHERE l = 'high'"), 'ok');
  assert.equal(await at('SELECT id FROM t'), 'column "id" does not exist');
  assert.equal(await at("SELECT 1 FROM t WHERE l = 'low'"), 'invalid input value for enum level: "low"');
  assert.equal(await at('SELECT 1 FROM u'), 'relation "u" does not exist');
  assert.equal(
    await at('SELECT p + 1 FROM t'),
    'unavailable: The type place is not known to the built-in PostgreSQL.',
  );
  assert.equal(await judge("SELECT t.id FROM t JOIN u USING (id) WHERE l = 'low'"), 'ok');
});
