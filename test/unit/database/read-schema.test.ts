/** A schema written as DDL, read back from PostgreSQL's catalog: the comparison finds nothing, however the catalog spells it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from 'pg';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { readSchema } from '../../../src/database/live/read-schema.ts';
import { compareSchemas } from '../../../src/schema/compare-schemas.ts';
import { renderSchema } from '../../../src/schema/ddl.ts';
import { describeChange } from '../../../src/schema/describe-change.ts';
import type { DatabaseSchema, Table } from '../../../src/schema/schema.ts';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { createSqlKeys } from '../../../src/sql/sql-keys.ts';
import { type TestDatabase, testDatabase } from '../../postgres.ts';

const keys = createSqlKeys(await loadSqlParser());
let database: TestDatabase;
let client: Client;
let connection: LiveConnection;

before(async () => {
  database = await testDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  const target = readConnectionUrl(database.url);
  assert.equal(target.kind, 'postgresql');
  if (target.kind === 'postgresql') connection = new LiveConnection(target);
});

after(async () => {
  await connection.dispose();
  await client.end();
  await database[Symbol.asyncDispose]();
});

/** Sentences on what differs between the written schema and the one that PostgreSQL has made of it. */
async function differences(written: DatabaseSchema, meanwhile: readonly string[] = []) {
  await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  for (const sql of [...renderSchema(written), ...meanwhile]) await client.query(sql);
  const read = await readSchema(connection, { schemas: [] });
  return compareSchemas(read, written, keys).map(describeChange);
}

function column(name: string, type: string, more: Partial<Table['columns'][number]> = {}) {
  return {
    name,
    type,
    nullable: true,
    default: null,
    identity: null,
    computed: null,
    comment: null,
    ...more,
  };
}

function table(name: string, more: Partial<Table>): Table {
  const nothing = { primaryKey: null, uniques: [], foreignKeys: [], checks: [], indexes: [], comment: null };
  return { name, schema: null, columns: [], ...nothing, ...more };
}

function index(name: string, elements: readonly string[], more: Partial<Table['indexes'][number]> = {}) {
  return { name, elements, unique: false, method: null, where: null, include: [], ...more };
}

const types =
  `SMALLINT INTEGER BIGINT REAL FLOAT FLOAT(10) FLOAT(53) DOUBLE PRECISION|NUMERIC NUMERIC(10) NUMERIC(10, 2)
  DECIMAL(5, 0) VARCHAR VARCHAR(20) CHAR CHAR(3) TEXT BYTEA BOOLEAN DATE TIME WITHOUT TIME ZONE|TIME WITH TIME ZONE
  TIMESTAMP WITH TIME ZONE|TIMESTAMP(3) WITHOUT TIME ZONE|TIMESTAMP(0) WITH TIME ZONE|INTERVAL JSON JSONB UUID INET CIDR MACADDR
  TSVECTOR INT4RANGE TSTZRANGE BIT BIT(8) BIT VARYING(8)|MONEY XML INTEGER[] VARCHAR(20)[] order_status order_status[]`
    .split('\n')
    .flatMap(line =>
      line
        .split('|')
        .flatMap(
          part =>
            part.match(
              /(?:TIME|TIMESTAMP|DOUBLE|BIT)\b[^ ]*(?: (?:WITH|WITHOUT) TIME ZONE| PRECISION| VARYING\S*)|\w+\(\d+, \d+\)|\S+/g,
            ) ?? [],
        ),
    );

const checks = [
  "status IN ('pending', 'paid')",
  "status IN ('pending')",
  "status NOT IN ('pending', 'paid')",
  "note IN ('a', 'b')",
  'amount BETWEEN 1 AND 10',
  'amount NOT BETWEEN 1 AND 10',
  'amount > -5 AND amount < 100 AND (amount <> 7 OR note IS NULL)',
  "note LIKE 'a%' OR note NOT ILIKE '%b' OR note ~ '^[a-z]+$'",
  'char_length(note) >= 3',
  'NOT (amount = 3)',
  'amount IS DISTINCT FROM 4',
  "coalesce(note, '') != ''",
  'happened_at < now()',
  'happened_at <= CURRENT_TIMESTAMP',
  "extract(year FROM happened_at) > 2000 AND happened_at > '2000-01-01'",
  "happened_at + INTERVAL '1 day' > happened_at",
  "CASE WHEN amount > 1 THEN note = 'x' ELSE true END",
  "data ->> 'kind' = 'x' AND data ? 'kind' AND data @> '{}'",
  'amount::text = note',
  "lower(trim(note)) = note AND substring(note from 1 for 2) = 'ab'",
  'amount % 2 = 0 AND (amount + 1) * 2 > 4',
  'amount * 1.50 < 1e3',
  `data @> '{"b":1, "a": [1,2]}'`,
  "num_nonnulls(note, amount) = 1 AND note = ANY (ARRAY['a', 'b'])",
];

const defaults: readonly (readonly [string, string])[] = [
  ['TEXT', "'it''s'"],
  ['VARCHAR(10)', "'x'"],
  ['INTEGER', '0'],
  ['INTEGER', '-1'],
  ['INTEGER', "'0'"],
  ['NUMERIC(10, 2)', '0.00'],
  ['BOOLEAN', 'false'],
  ['BOOLEAN', "'true'"],
  ['TIMESTAMP WITH TIME ZONE', 'now()'],
  ['TIMESTAMP WITH TIME ZONE', 'CURRENT_TIMESTAMP'],
  ['TIMESTAMP WITHOUT TIME ZONE', "timezone('utc', now())"],
  ['DATE', 'CURRENT_DATE'],
  ['JSONB', "'{}'::jsonb"],
  ['JSONB', "'[]'"],
  ['TEXT[]', "'{}'"],
  ['TEXT[]', 'ARRAY[]::text[]'],
  ['UUID', 'gen_random_uuid()'],
  ['order_status', "'pending'"],
  ['INTERVAL', "INTERVAL '1 day'"],
  ['TEXT', "lower('A') || 'b'"],
];

const rich: DatabaseSchema = {
  extensions: [],
  enums: [{ name: 'order_status', schema: null, values: ['pending', 'paid', 'Half paid'] }],
  sequences: [{ name: 'invoice_numbers', schema: null }],
  tables: [
    table('everything', {
      columns: [
        column('id', 'BIGSERIAL', { nullable: false }),
        ...types.map((type, position) => column(`type_${position}`, type)),
        ...defaults.map(([type, sql], position) => column(`default_${position}`, type, { default: sql })),
      ],
      primaryKey: { name: null, columns: ['id'] },
      comment: "the table's comment",
    }),
    table('orders', {
      columns: [
        column('id', 'INTEGER', { nullable: false, identity: 'always' }),
        column('everything_id', 'BIGINT', { comment: 'a column’s comment' }),
        column('status', 'order_status', { nullable: false }),
        column('note', 'VARCHAR(50)'),
        column('amount', 'INTEGER'),
        column('happened_at', 'TIMESTAMP WITH TIME ZONE'),
        column('data', 'JSONB'),
        column('doubled', 'INTEGER', { computed: { expression: 'amount * 2', stored: true } }),
        column('Order', 'TEXT'),
      ],
      primaryKey: { name: 'pk_orders', columns: ['id'] },
      uniques: [
        { name: null, columns: ['note', 'amount'] },
        { name: 'uq_note', columns: ['note'] },
      ],
      foreignKeys: [
        {
          name: null,
          columns: ['everything_id'],
          targetSchema: null,
          targetTable: 'everything',
          targetColumns: ['id'],
          onDelete: 'SET NULL',
          onUpdate: null,
        },
      ],
      checks: checks.map((expression, position) => ({ name: `ck_${position}`, expression })),
      indexes: [
        index('ix_plain', ['note']),
        index('ix_quoted', ['"Order"']),
        index('ix_two', ['note', 'amount DESC']),
        index('ix_nulls', ['amount DESC NULLS LAST', 'note NULLS FIRST']),
        index('ix_expression', ['lower(note)'], { unique: true, where: "status <> 'pending'" }),
        index('ix_sum', ['(amount + 1)']),
        index('ix_gin', ['data'], { method: 'gin' }),
        index('ix_path', ['data jsonb_path_ops'], { method: 'gin' }),
        index('ix_pattern', ['note varchar_pattern_ops'], { where: 'note IS NOT NULL AND amount IN (1, 2)' }),
        index('ix_covering', ['note'], { include: ['amount', 'Order'] }),
      ],
    }),
  ],
};

test('what PostgreSQL’s catalog spells in another way is the same', async () => {
  assert.ok(types.length > 40, `${types.length} types`);
  assert.deepEqual(await differences(rich), []);
});

test('each change on the server is told as what brings it back', async () => {
  const cases: readonly (readonly [string, string])[] = [
    ['ALTER TABLE orders DROP COLUMN data CASCADE', 'adds orders.data JSONB'],
    ['ALTER TABLE orders ADD COLUMN extra int', 'drops orders.extra'],
    [
      'ALTER TABLE orders ALTER note TYPE varchar(60)',
      'alters orders.note: type character varying(60) to VARCHAR(50)',
    ],
    ['ALTER TABLE orders ALTER status DROP NOT NULL', 'alters orders.status: NOT NULL'],
    ['ALTER TABLE orders ALTER amount SET DEFAULT 3', 'alters orders.amount: drops default 3'],
    ['ALTER TABLE orders ALTER id SET GENERATED BY DEFAULT', 'alters orders.id: identity always'],
    ["COMMENT ON TABLE everything IS 'x'", "comments on everything: the table's comment"],
    ['ALTER TABLE orders DROP CONSTRAINT uq_note', 'creates unique constraint uq_note on orders (note)'],
    ['ALTER TABLE orders DROP CONSTRAINT ck_4', 'creates check ck_4 on orders: amount BETWEEN 1 AND 10'],
    [
      'ALTER TABLE orders DROP CONSTRAINT ck_4, ADD CONSTRAINT ck_4 CHECK (amount BETWEEN 1 AND 11)',
      'drops check ck_4 on orders: ((amount >= 1) AND (amount <= 11)); creates check ck_4 on orders: amount BETWEEN 1 AND 10',
    ],
    ['DROP INDEX ix_sum', 'creates index ix_sum on orders ((amount + 1))'],
    ["ALTER TYPE order_status ADD VALUE 'sent'", 'alters type order_status: removes sent'],
    ['DROP SEQUENCE invoice_numbers', 'creates sequence invoice_numbers'],
    ['CREATE TABLE extra (id int)', 'drops table extra'],
    [
      'ALTER TABLE orders DROP CONSTRAINT orders_everything_id_fkey, ADD FOREIGN KEY (everything_id) REFERENCES everything ON DELETE CASCADE',
      'drops foreign key orders_everything_id_fkey of orders (everything_id) to everything; creates foreign key of orders (everything_id) to everything',
    ],
  ];
  for (const [sql, told] of cases) {
    const found = await differences(rich, [sql]);
    assert.ok(found.join('; ').includes(told), `${sql}: ${found.join('; ')}`);
  }
});
