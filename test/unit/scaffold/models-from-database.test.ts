/**
 * Models written from a database, held against it: what the product reads from the models is what the catalog has. The same
 * models come out of the script that built the database. That they run, `test/scaffold` shows.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from 'pg';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { readSchema, readSchemaNames } from '../../../src/database/live/read-schema.ts';
import { modelsFromDatabase } from '../../../src/scaffold/models-from-database/models-from-database.ts';
import { compareSchemas } from '../../../src/schema/compare-schemas.ts';
import { describeChange } from '../../../src/schema/describe-change.ts';
import type { DatabaseSchema } from '../../../src/schema/schema.ts';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { createSqlKeys } from '../../../src/sql/sql-keys.ts';
import { schemaOfModels } from '../../../src/sqlalchemy/models/schema-of-models.ts';
import { schemaOfScript } from '../../../src/workspace/migrations/schema-of-script.ts';
import { type TestDatabase, testDatabase } from '../../postgres.ts';
import { projectOf } from '../../project.ts';
import { type Applied, applySchema, factsOf, type Texts } from '../../scaffold/apply-scaffold.ts';

const parser = await loadSqlParser();
const keys = createSqlKeys(parser);
const script = readFileSync(
  join(import.meta.dirname, '..', '..', 'scaffold', 'databases', 'market.sql'),
  'utf8',
);
const pyproject = '[project]\nname = "new"\nrequires-python = ">=3.10"\n';
let database: TestDatabase;
let live: DatabaseSchema;

before(async () => {
  database = await testDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(script);
  await client.end();
  const target = readConnectionUrl(database.url);
  assert.equal(target.kind, 'postgresql');
  if (target.kind !== 'postgresql') return;
  const connection = new LiveConnection(target);
  live = await readSchema(connection, { schemas: await readSchemaNames(connection) });
  await connection.dispose();
});

after(() => database[Symbol.asyncDispose]());

function write(
  schema: DatabaseSchema,
  answers = {},
  texts: Texts = { 'pyproject.toml': pyproject },
): Applied {
  const applied = applySchema(texts, schema, answers);
  assert.deepEqual(applied.problems, []);
  return applied;
}

function pythonOf(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([path]) => path.endsWith('.py')));
}

/** What an upgrade would have to do to bring the database up to the models. */
function drift(texts: Texts): readonly string[] {
  const models = schemaOfModels(projectOf(pythonOf(texts)).models.values());
  return compareSchemas(live, models, keys).map(describeChange);
}

for (const place of ['app/models', 'app/models.py']) {
  test(`models in ${place} say what the database is`, () => {
    const { texts } = write(live, { place });
    assert.deepEqual(drift(texts), []);
    const models = [...projectOf(pythonOf(texts)).models.values()];
    const schemas = models.map(({ name, schema }) => `${name}: ${schema}`);
    assert.deepEqual(schemas.filter(text => /Order:/.test(text)).sort(), [
      'BillingOrder: billing',
      'Order: null',
    ]);
  });
}

test('the script gives the same models as the database that it builds', () => {
  const { schema, doubts } = schemaOfScript(script, parser);
  assert.deepEqual(doubts, []);
  assert.deepEqual(drift(write(schema).texts), []);
});

test('models of SQLModel are not written from a database, which is said before anything is asked', () => {
  const { schema } = schemaOfScript('CREATE TABLE suppliers (id integer PRIMARY KEY);', parser);
  const texts = {
    'app/models.py':
      'from sqlmodel import Field, SQLModel\n\n\nclass Hero(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n',
  };
  assert.match(modelsFromDatabase(schema).problem(factsOf(texts)) ?? '', /SQLModel/);
});

test('an association table that the project has is no table without a model', () => {
  const { schema } = schemaOfScript(
    `CREATE TABLE tags (id integer PRIMARY KEY);
     CREATE TABLE posts (id integer PRIMARY KEY);
     CREATE TABLE post_tags (post_id integer REFERENCES posts, tag_id integer REFERENCES tags, PRIMARY KEY (post_id, tag_id));`,
    parser,
  );
  const texts = {
    'app/models.py': `from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase): ...


post_tags = Table(
    "post_tags",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class Tag(Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
`,
  };
  assert.equal(modelsFromDatabase(schema).problem(factsOf(texts)), 'Every table has a model already.');
});
