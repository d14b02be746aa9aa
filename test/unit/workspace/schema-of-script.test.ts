/** A dump as `pg_dump --schema-only` writes it, one statement at a time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { schemaOfScript } from '../../../src/workspace/migrations/schema-of-script.ts';

const parser = await loadSqlParser();

test('what a dump says in several statements becomes one table', () => {
  const { schema, doubts } = schemaOfScript(
    `\\restrict abc
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TYPE public.state AS ENUM ('new', 'paid');
CREATE DOMAIN public.email AS text NOT NULL CONSTRAINT email_check CHECK ((VALUE ~~ '%@%'::text));
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END; $$;
CREATE TABLE public.orders (
    id integer NOT NULL,
    number bigint NOT NULL,
    state public.state DEFAULT 'new'::public.state NOT NULL,
    mail public.email,
    CONSTRAINT orders_number_check CHECK ((number > 0))
)
PARTITION BY RANGE (number);
ALTER TABLE public.orders OWNER TO somebody;
COMMENT ON TABLE public.orders IS 'what was bought';
COMMENT ON COLUMN public.orders.state IS 'how far';
CREATE TABLE public.orders_2026 (id integer NOT NULL, number bigint NOT NULL);
CREATE SEQUENCE public.orders_id_seq START WITH 1;
ALTER SEQUENCE public.orders_id_seq OWNER TO somebody;
ALTER SEQUENCE public.orders_id_seq OWNED BY public.orders.id;
ALTER TABLE public.orders ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.x START WITH 1);
ALTER TABLE ONLY public.orders ATTACH PARTITION public.orders_2026 FOR VALUES FROM (0) TO (9);
ALTER TABLE ONLY public.orders ALTER COLUMN id SET DEFAULT nextval('public.orders_id_seq'::regclass);
COPY public.orders (id) FROM stdin;
1
\\.
ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_parent FOREIGN KEY (number) REFERENCES public.orders(id) ON DELETE CASCADE;
CREATE INDEX orders_state ON public.orders USING btree (state) WHERE (number > 3);
`,
    parser,
  );
  assert.deepEqual(doubts, []);
  assert.deepEqual(
    [schema.sequences, schema.enums],
    [[], [{ schema: null, name: 'state', values: ['new', 'paid'] }]],
  );
  const [domain] = schema.domains ?? [];
  assert.deepEqual([domain?.name, domain?.type, domain?.nullable], ['email', 'TEXT', false]);
  const [table, ...others] = schema.tables;
  assert.deepEqual(others, []);
  assert.deepEqual(
    [table?.schema, table?.comment, table?.primaryKey?.columns],
    [null, 'what was bought', ['id']],
  );
  assert.deepEqual(
    table?.columns.map(({ name, type, default: value, identity, comment }) => [
      name,
      type,
      value,
      identity,
      comment,
    ]),
    [
      ['id', 'SERIAL', null, null, null],
      ['number', 'BIGINT', null, 'always', null],
      ['state', 'state', "'new'::state", null, 'how far'],
      ['mail', 'email', null, null, null],
    ],
  );
  assert.deepEqual(
    table?.foreignKeys.map(key => [key.targetSchema, key.targetTable, key.onDelete]),
    [[null, 'orders', 'CASCADE']],
  );
  assert.deepEqual(table?.checks, [{ name: 'orders_number_check', expression: 'number > 0' }]);
  assert.deepEqual(
    table?.indexes.map(({ elements, where }) => [elements, where]),
    [[['state'], 'number > 3']],
  );
});

test('what is not followed is told', () => {
  const { doubts } = schemaOfScript('CREATE TABLE a AS SELECT 1; CREATE TABLE b (x int', parser);
  assert.equal(doubts.length, 2);
});
