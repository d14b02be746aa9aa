/** Directives as data, in the ways revisions are written; what they come to as a summary and as a schema. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOperations } from '../../../src/alembic/directives/read-operations.ts';
import { revisionSite } from '../../../src/alembic/revision/revision-site.ts';
import { simulate } from '../../../src/alembic/simulation/simulate.ts';
import { summarizeOperations } from '../../../src/alembic/simulation/summary.ts';
import { renderSchema } from '../../../src/schema/ddl.ts';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { loadTestPythonParser } from '../../python-parser.ts';

const parser = await loadTestPythonParser();
const sql = await loadSqlParser();
const imports =
  'import sqlalchemy as sa\nfrom alembic import op, context\nfrom sqlalchemy.dialects import postgresql\n';

function upgradeOf(body: string, above = '') {
  const indented = body
    .trim()
    .split('\n')
    .map(line => `    ${line}`)
    .join('\n');
  const text = `${imports}${above}\ndef upgrade():\n${indented}\n`;
  const module = parser.parse(text);
  return readOperations(module, revisionSite('revision.py', text, module)).upgrade;
}

/** Kinds of operations, with `?` where one may not run and `!` where it runs outside of the transaction. */
function kinds(body: string, above = ''): readonly string[] {
  return upgradeOf(body, above).map(
    each => `${each.kind}${each.certain ? '' : '?'}${each.autocommit ? '!' : ''}`,
  );
}

/** The schema after one revision for each body, as DDL, and the reasons why it may be wrong. */
function schemaAfter(...bodies: readonly string[]): { ddl: string; opaque: readonly string[] } {
  const steps = simulate(
    bodies.map((body, index) => ({ id: `r${index}`, operations: upgradeOf(body) })),
    sql,
  );
  const ddl = renderSchema(steps.at(-1)?.after ?? { tables: [], enums: [], sequences: [], extensions: [] });
  const flat = ddl.map(statement =>
    statement.replace(/\s+/g, ' ').replaceAll('( ', '(').replaceAll(' )', ')'),
  );
  return { ddl: flat.join('; '), opaque: steps.flatMap(step => step.opaque.map(each => each.reason)) };
}

const users =
  'op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("email", sa.String(50), nullable=False))';
const usersDdl = 'CREATE TABLE users (id SERIAL NOT NULL, email VARCHAR(50) NOT NULL, PRIMARY KEY (id))';

test('blocks, branches and loops', () => {
  assert.deepEqual(
    kinds('op.drop_table("a")\nwith op.get_context().autocommit_block():\n    op.execute("VACUUM a")'),
    ['drop-table', 'execute-sql!'],
  );
  assert.deepEqual(
    kinds(
      'if op.get_bind().dialect.name == "sqlite":\n    op.drop_table("a")\nelse:\n    op.drop_table("b")',
    ),
    ['drop-table'],
  );
  for (const test of [
    'url.startswith("mysql")',
    'url.startswith(("mysql", "mariadb"))',
    '"sqlite" in url',
    'not "postgresql" in url',
  ])
    assert.deepEqual(kinds(`if ${test}:\n    op.drop_table("a")`), [], test);
  assert.deepEqual(kinds('if url.startswith("postgres"):\n    op.drop_table("a")'), ['drop-table']);
  assert.deepEqual(kinds('if name.startswith("my"):\n    op.drop_table("a")'), ['drop-table?']);
  assert.deepEqual(kinds('if has_table("a"):\n    op.drop_table("a")'), ['drop-table?']);
  assert.deepEqual(kinds('if flag:\n    return\nop.drop_table("a")'), ['drop-table?']);
  assert.deepEqual(kinds('if context.is_offline_mode():\n    return\nop.drop_table("a")'), ['drop-table']);
  assert.deepEqual(kinds('for name in ("a", "b"):\n    op.drop_table(name)'), ['drop-table', 'drop-table']);
  assert.deepEqual(kinds('for row in rows():\n    op.execute("SELECT 1")'), ['execute-sql?']);
});

test('helper functions of the file, constants, and batches', () => {
  const above = 'TABLE = "a"\ndef drop(name):\n    op.drop_table(name)\n';
  assert.deepEqual(
    upgradeOf('drop(TABLE)', above).map(each => each.kind === 'drop-table' && each.table.name),
    ['a'],
  );
  const [added] = upgradeOf(
    'with op.batch_alter_table("a", schema="s") as batch_op:\n    batch_op.add_column(sa.Column("x", sa.Text()))',
  );
  assert.ok(added?.kind === 'add-column' && added.batch);
  assert.deepEqual(added.table, { schema: 's', name: 'a' });
  const [indexed] = upgradeOf(
    'with op.batch_alter_table("a", naming_convention={"ix": "ix_%(table_name)s"}) as b:\n    b.create_index(b.f("ix_a"), ["x"])',
  );
  assert.ok(indexed?.kind === 'create-index' && indexed.index.name === 'ix_a');
});

test('what cannot be told is unknown, not left out', () => {
  assert.deepEqual(kinds('op.drop_table(find_name())'), ['unknown']);
  assert.deepEqual(kinds('op.execute("DROP TABLE " + name)'), ['unknown']);
  assert.deepEqual(kinds('Base.metadata.create_all(op.get_bind())'), ['unknown']);
  assert.deepEqual(kinds('op.sync_enum_values("public", "x", [])'), ['unknown']);
  assert.deepEqual(kinds('op.execute(sa.update(t).values(a=1))\nop.bulk_insert(t, [])'), [
    'execute-expression',
    'bulk-insert',
  ]);
});

test('a summary in one line', () => {
  const summary = (body: string) => summarizeOperations(upgradeOf(body));
  assert.equal(
    summary(
      `${users}\nop.create_index("i", "users", ["email"])\nop.create_index("j", "orders", ["user_id"])`,
    ),
    'creates users; index on orders.user_id',
  );
  assert.equal(
    summary(
      'op.add_column("a", sa.Column("x", sa.Text()))\nop.drop_column("a", "y")\nop.alter_column("a", "z", new_column_name="w")',
    ),
    'adds a.x; drops a.y; renames a.z to w',
  );
  assert.equal(summary('pass'), '');
});

test('tables, columns and constraints by directives', () => {
  assert.deepEqual(schemaAfter(users), { ddl: usersDdl, opaque: [] });
  const { ddl, opaque } = schemaAfter(
    users,
    `op.add_column("users", sa.Column("team_id", sa.BigInteger(), server_default=sa.text("1"), nullable=False))
op.create_table("teams", sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True))
op.create_foreign_key("fk", "users", "teams", ["team_id"], ["id"], ondelete="CASCADE")
op.alter_column("users", "email", type_=sa.Text(), nullable=True, new_column_name="mail")
op.create_unique_constraint(op.f("uq"), "users", ["mail"])
op.create_index("ix", "users", [sa.text("lower(mail)")], unique=True, postgresql_where=sa.text("mail IS NOT NULL"))`,
  );
  assert.deepEqual(opaque, []);
  assert.match(
    ddl,
    /mail TEXT, team_id BIGINT DEFAULT 1 NOT NULL, PRIMARY KEY \(id\), CONSTRAINT uq UNIQUE \(mail\)/,
  );
  assert.match(ddl, /CREATE UNIQUE INDEX ix ON users \(lower\(mail\)\) WHERE mail IS NOT NULL/);
  assert.match(ddl, /ADD CONSTRAINT fk FOREIGN KEY \(team_id\) REFERENCES teams \(id\) ON DELETE CASCADE/);
});

test('the same by SQL', () => {
  const { ddl, opaque } = schemaAfter(
    `op.execute("""CREATE TABLE users (id serial PRIMARY KEY, email varchar(50) NOT NULL DEFAULT 'x, y' CHECK (length(email) > 2), at timestamptz(3) DEFAULT now(), tags text[]);
CREATE UNIQUE INDEX ix ON users USING btree (lower(email) DESC, at) WHERE (id > 1);
ALTER TABLE users ADD COLUMN team int REFERENCES teams (id) ON DELETE SET NULL, ALTER COLUMN at SET NOT NULL, DROP COLUMN tags;
ALTER TABLE users RENAME COLUMN email TO mail;
CREATE EXTENSION IF NOT EXISTS citext""")`,
  );
  assert.deepEqual(opaque, []);
  assert.match(
    ddl,
    /^CREATE EXTENSION IF NOT EXISTS citext; CREATE TABLE users \(id SERIAL NOT NULL, mail VARCHAR\(50\) DEFAULT 'x, y' NOT NULL, at TIMESTAMP\(3\) WITH TIME ZONE DEFAULT now\(\) NOT NULL, team INTEGER,/,
  );
  assert.match(ddl, /CREATE UNIQUE INDEX ix ON users \(lower\(mail\) DESC, at\) WHERE \(id > 1\)/);
  assert.match(ddl, /FOREIGN KEY \(team\) REFERENCES teams \(id\) ON DELETE SET NULL/);
});

test('enum types live and die', () => {
  const state = 'postgresql.ENUM("a", "b", name="state")';
  assert.equal(schemaAfter(`${state}.create(op.get_bind())`).ddl, "CREATE TYPE state AS ENUM ('a', 'b')");
  const later = [
    "op.execute(\"ALTER TYPE state ADD VALUE IF NOT EXISTS 'c' BEFORE 'b'\")",
    "op.execute(\"ALTER TYPE state RENAME VALUE 'a' TO 'z'\")",
  ];
  assert.equal(
    schemaAfter(`${state}.create(op.get_bind())`, ...later).ddl,
    "CREATE TYPE state AS ENUM ('z', 'c', 'b')",
  );
  assert.equal(schemaAfter(`${state}.create(op.get_bind())`, `${state}.drop(op.get_bind())`).ddl, '');
  assert.match(
    schemaAfter('op.create_table("t", sa.Column("s", sa.Enum("x", name="kind")))').ddl,
    /^CREATE TYPE kind AS ENUM \('x'\); CREATE TABLE t \(s kind\)/,
  );
});

test('an enum that is named without its values is one that is there', () => {
  const state = 'postgresql.ENUM(name="state", create_type=False)';
  const created = `op.create_table("t", sa.Column("a", sa.Enum("x", name="state")))`;
  assert.deepEqual(schemaAfter(created, `op.add_column("t", sa.Column("b", ${state}))`), {
    ddl: "CREATE TYPE state AS ENUM ('x'); CREATE TABLE t (a state, b state)",
    opaque: [],
  });
  const dropped = 'op.drop_column("t", "a")\nsa.Enum(name="state").drop(op.get_bind())';
  assert.deepEqual(schemaAfter(created, dropped), { ddl: 'CREATE TABLE t ()', opaque: [] });
});

test('the values of an enum that nothing has created are not known', () => {
  const reason = 'the values of the type state are in no revision that was read';
  const table = 'op.create_table("t", sa.Column("a", sa.Integer()))';
  for (const body of [
    'op.create_table("u", sa.Column("b", sa.Enum(name="state")))',
    'op.create_table("u", sa.Column("b", sa.Enum(*read(), name="state")))',
    'op.add_column("t", sa.Column("b", sa.Enum(name="state")))',
    'op.add_column("t", sa.Column("b", postgresql.ARRAY(sa.Enum(name="state"))))',
    'op.alter_column("t", "a", type_=sa.Enum(name="state"))',
  ])
    assert.deepEqual(schemaAfter(table, body).opaque, [reason], body);
  assert.deepEqual(schemaAfter('sa.Enum(name="state").create(op.get_bind())').opaque, [
    'The values of the type state are not read.',
  ]);
});

test('a type that a variable of the function holds', () => {
  const state =
    'state = sa.Enum("x", name="state")\nstate.create(op.get_bind())\nop.create_table("t", sa.Column("a", state))';
  assert.deepEqual(schemaAfter(state), {
    ddl: "CREATE TYPE state AS ENUM ('x'); CREATE TABLE t (a state)",
    opaque: [],
  });
});

test('drops take with them what cannot stay', () => {
  const { ddl } = schemaAfter(
    users,
    'op.create_index("ix", "users", ["email"])\nop.create_table("orders", sa.Column("u", sa.Integer(), sa.ForeignKey("users.id")))',
    'op.drop_column("users", "email")\nop.rename_table("users", "people")',
  );
  assert.equal(
    ddl,
    'CREATE TABLE people (id SERIAL NOT NULL, PRIMARY KEY (id)); CREATE TABLE orders (u INTEGER); ALTER TABLE orders ADD FOREIGN KEY (u) REFERENCES people (id)',
  );
  assert.deepEqual(schemaAfter(users, 'op.drop_table("users")'), { ddl: '', opaque: [] });
});

test('what is not followed is said', () => {
  assert.match(
    schemaAfter('op.drop_column("nowhere", "x")').opaque[0] ?? '',
    /^nowhere is not in the schema/,
  );
  assert.match(
    schemaAfter('op.execute("CREATE TABLE t AS SELECT 1")').opaque[0] ?? '',
    /CREATE TABLE AS is not followed/,
  );
  assert.match(schemaAfter('op.execute("ALTER TABEL t")').opaque[0] ?? '', /PostgreSQL does not read/);
  assert.deepEqual(schemaAfter('op.execute(sa.text("UPDATE t SET a = :a WHERE b = :b::int"))').opaque, []);
  assert.deepEqual(schemaAfter(`if missing:\n    ${users}`), {
    ddl: usersDdl,
    opaque: ['whether it runs is decided when it runs'],
  });
});

test('columns in lists that are written out, and in lists that are computed', () => {
  const loop = `tables = [
    ("users", [sa.Column("id", sa.Integer(), primary_key=True)], [sa.Column("email", sa.String(50), nullable=False)]),
]
for name, columns, more in tables:
    op.create_table(name, *columns, *more)`;
  assert.deepEqual(schemaAfter(loop), { ddl: usersDdl, opaque: [] });
  assert.deepEqual(schemaAfter('op.create_table("users", *columns_of("users"))').opaque, [
    'users has columns or constraints that are not followed',
  ]);
});

test('tables as objects, alone and by their metadata', () => {
  const table =
    'sa.Table("users", metadata, sa.Column("id", sa.Integer(), primary_key=True), sa.Column("email", sa.String(50), nullable=False))';
  const alone = `metadata = sa.MetaData()\nusers = ${table}\nusers.create(op.get_bind())`;
  assert.deepEqual(schemaAfter(alone), { ddl: usersDdl, opaque: [] });
  const whole = `metadata = sa.MetaData()\n${table}\nmetadata.create_all(op.get_bind())`;
  assert.deepEqual(schemaAfter(whole), { ddl: usersDdl, opaque: [] });
  const gone = `metadata = sa.MetaData()\nusers = ${table}\nusers.drop(op.get_bind())`;
  assert.deepEqual(schemaAfter(whole, gone), { ddl: '', opaque: [] });
});
