import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderSchema, renderStatements } from '../../../src/schema/ddl.ts';
import { type Column, type DatabaseSchema, emptySchema, type Table } from '../../../src/schema/schema.ts';

function column(name: string, type: string, rest: Partial<Column> = {}): Column {
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
}

function table(name: string, rest: Partial<Table> = {}): Table {
  const empty = { primaryKey: null, uniques: [], foreignKeys: [], checks: [], indexes: [], comment: null };
  return { name, schema: null, columns: [], ...empty, ...rest };
}

function ddl(schema: Partial<DatabaseSchema>): string[] {
  return renderSchema({ ...emptySchema, ...schema });
}

function reference(target: string) {
  const actions = { onDelete: 'CASCADE', onUpdate: null };
  return {
    name: null,
    columns: [`${target}_id`],
    targetSchema: null,
    targetTable: target,
    targetColumns: ['id'],
    ...actions,
  };
}

test('what tables need comes before them, and foreign keys after all of them', () => {
  const sql = ddl({
    extensions: ['uuid-ossp', 'citext', 'citext'],
    enums: [{ name: 'mood', schema: 'app', values: ['ok', "can't"] }],
    sequences: [{ name: 'numbers', schema: null }],
    tables: [
      table('a', { columns: [column('b_id', 'INTEGER')], foreignKeys: [reference('b')] }),
      table('b', { columns: [column('a_id', 'INTEGER')], foreignKeys: [reference('a')] }),
    ],
  });
  assert.deepEqual(sql, [
    'CREATE EXTENSION IF NOT EXISTS "uuid-ossp"',
    'CREATE EXTENSION IF NOT EXISTS citext',
    'CREATE SCHEMA IF NOT EXISTS app',
    "CREATE TYPE app.mood AS ENUM ('ok', 'can''t')",
    'CREATE SEQUENCE numbers',
    'CREATE TABLE a (\n  b_id INTEGER\n)',
    'CREATE TABLE b (\n  a_id INTEGER\n)',
    'ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b (id) ON DELETE CASCADE',
    'ALTER TABLE b ADD FOREIGN KEY (a_id) REFERENCES a (id) ON DELETE CASCADE',
  ]);
});

test('columns carry their default, identity or expression, and whether they may be null', () => {
  const columns = [
    column('id', 'BIGINT', { nullable: false, identity: 'always' }),
    column('at', 'TIMESTAMP WITH TIME ZONE', { nullable: false, default: 'now()' }),
    column('total', 'NUMERIC', { computed: { expression: 'price * 2', stored: true } }),
  ];
  assert.deepEqual(ddl({ tables: [table('t', { columns })] }), [
    `CREATE TABLE t (
  id BIGINT GENERATED ALWAYS AS IDENTITY NOT NULL,
  at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  total NUMERIC GENERATED ALWAYS AS (price * 2) STORED
)`,
  ]);
});

test('keys, checks, indexes and comments', () => {
  const index = {
    name: 'ix',
    elements: ['(lower(name))'],
    unique: true,
    method: 'gin',
    where: 'x > 0',
    include: ['Y'],
  };
  const sql = ddl({
    tables: [
      table('User', {
        schema: 'shop',
        columns: [column('order', 'TEXT', { comment: 'a\\b' })],
        primaryKey: { name: 'pk', columns: ['order'] },
        uniques: [{ name: null, columns: ['order'] }],
        checks: [{ name: 'short', expression: 'length("order") < 9' }],
        indexes: [index],
        comment: "it's",
      }),
    ],
  });
  assert.deepEqual(sql, [
    'CREATE SCHEMA IF NOT EXISTS shop',
    `CREATE TABLE shop."User" (
  "order" TEXT,
  CONSTRAINT pk PRIMARY KEY ("order"),
  UNIQUE ("order"),
  CONSTRAINT short CHECK (length("order") < 9)
)`,
    'CREATE UNIQUE INDEX ix ON shop."User" USING gin ((lower(name))) INCLUDE ("Y") WHERE x > 0',
    `COMMENT ON TABLE shop."User" IS 'it''s'`,
    `COMMENT ON COLUMN shop."User"."order" IS E'a\\\\b'`,
  ]);
});

test('a table without columns is still a table', () => {
  assert.deepEqual(ddl({ tables: [table('t')] }), ['CREATE TABLE t ()']);
});

test('each statement says whose it is, and a table has a form without expressions', () => {
  const columns = [column('b_id', 'INTEGER', { default: 'nosuch()' })];
  const [create, key] = renderStatements({
    ...emptySchema,
    tables: [
      table('a', {
        columns,
        checks: [{ name: null, expression: 'nosuch()' }],
        foreignKeys: [reference('b')],
      }),
    ],
  });
  assert.deepEqual(create?.table, { schema: null, name: 'a' });
  assert.equal(create?.simplified, 'CREATE TABLE a (\n  b_id INTEGER\n)');
  assert.deepEqual(key?.refersTo, { schema: null, name: 'b' });
});
