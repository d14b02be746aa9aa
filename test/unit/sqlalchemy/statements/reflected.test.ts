/** Tables that are read from a database as the program runs, whose declaration stands in the workspace. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf, sqlOf } from './sql-of.ts';

test('columns of a reflected table, and not all of them', () => {
  const python = `
def names(session: Session, engine):
    users = sa.Table("users", sa.MetaData(), autoload_with=engine)
    session.execute(select(users.c.name).where(users.c.active))
    session.execute(select(users))
    session.execute(users.select())
    session.execute(users.update().values(name="Ann"))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users.name FROM users WHERE users.active',
    'unknown: unresolved-model',
    'unknown: unresolved-model',
    'UPDATE users SET name=$1',
  ]);
});

test('a reflected table whose name a helper is given, also one of several', () => {
  const python = `
def reflected(connection, name: str):
    return sa.Table(name, sa.MetaData(), autoload_with=connection)

def joined(session: Session, connection):
    users = reflected(connection, "users")
    posts = reflected(connection, "posts")
    return session.execute(select(users.c.name, posts.c.title).where(users.c.id == posts.c.user_id))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users.name, posts.title FROM users, posts WHERE users.id = posts.user_id',
  ]);
});

test('reflected tables in a dictionary that a helper makes', () => {
  const python = `
def reflected(connection):
    metadata = sa.MetaData()
    return {name: sa.Table(name, metadata, autoload_with=connection) for name in ("users", "posts")}

def names(session: Session, connection, name: str):
    tables = reflected(connection)
    session.execute(select(tables["users"].c.name))
    session.execute(select(tables[name].c.id))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users.name FROM users',
    'SELECT posts.id FROM posts',
    'SELECT users.id FROM users',
  ]);
});

test('tables of a MetaData that has read them', () => {
  const python = `
def upgrade(session: Session, engine):
    metadata = sa.MetaData()
    metadata.reflect(engine)
    users = sa.Table("users", metadata)
    posts = metadata.tables["posts"]
    session.execute(select(users.c.name).where(users.c.active))
    session.execute(posts.update().values(title="one"))
    session.execute(select(metadata.tables["unseen"].c.id))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users.name FROM users WHERE users.active',
    'UPDATE posts SET title=$1',
    'SELECT unseen.id FROM unseen',
  ]);
});

/** The SQL of statements over a table that nothing declares, and one whose declaration has other columns today. */
function overReflected(...statements: readonly string[]): readonly string[] {
  const lines = [
    'def run(session: Session, engine):',
    'legacy = sa.Table("legacy", sa.MetaData(), autoload_with=engine)',
    'users = sa.Table("users", sa.MetaData(), autoload_with=engine)',
    ...statements.map(each => `session.execute(${each})`),
  ];
  return sqlOf(lines.join('\n    '));
}

test('a table that nothing declares, and a column that its declaration lacks', () => {
  assert.deepEqual(
    overReflected(
      'select(legacy.c.name).where(legacy.c["flag"], legacy.c.id.in_([1])).order_by(legacy.c.name.desc())',
      'select(users.c.former, users.c.name)',
      'select(func.count()).select_from(legacy)',
      'legacy.delete().where(legacy.c.id == 1)',
    ),
    [
      'SELECT legacy.name FROM legacy WHERE legacy.flag AND legacy.id IN ($1) ORDER BY legacy.name DESC',
      'SELECT users.former, users.name FROM users',
      'SELECT count(*) AS count_1 FROM legacy',
      'DELETE FROM legacy WHERE legacy.id = $1',
    ],
  );
});

test('what the types, the order or the key of columns decide that only the database knows', () => {
  assert.deepEqual(
    overReflected(
      'select(legacy)',
      'select(legacy.c.name + "x")',
      'select(legacy.c.names.contains("x"))',
      'select(legacy.c.keys())',
      'legacy.update().values(name="x")',
      'legacy.update().values(name="x", former=1)',
      'users.update().values(name="x", former=1)',
      'legacy.insert().values(name="x")',
    ),
    [
      'unknown: unresolved-model',
      'unknown: unresolved-name',
      'unknown: unsupported-construct',
      'unknown: unresolved-name',
      'UPDATE legacy SET name=$1',
      'unknown: unresolved-model',
      'unknown: unresolved-model',
      'unknown: unresolved-model',
    ],
  );
});

test('a table without columns of a metadata that reads none', () => {
  const python = `
metadata = sa.MetaData()

def run(session: Session):
    session.execute(select(sa.Table("legacy", metadata).c.name))
    session.execute(select(metadata.tables["legacy"].c.name))
`;
  assert.deepEqual(sqlOf(python), ['unknown: unresolved-name', 'unknown: from-caller']);
});

test('no schema of today is asked about columns that only the database knows', () => {
  const python = `
def run(session: Session, engine):
    users = sa.Table("users", sa.MetaData(), autoload_with=engine)
    session.execute(select(users.c.name))
    session.execute(select(users.c.former))
    session.execute(users.update().values(former=1))
`;
  const tables = factsOf(python).map(({ forms }) => forms[0]?.unlikeDeclared);
  assert.deepEqual(tables, [undefined, 'users', 'users']);
});

test('a table that stands in a function as it was once, beside its declaration of today', () => {
  const python = `
def old_users():
    return sa.Table("users", sa.MetaData(), sa.Column("id", sa.Integer), sa.Column("nickname", sa.String))

def part_of_users():
    return sa.Table("users", sa.MetaData(), sa.Column("id", sa.Integer), sa.Column("name", sa.String))

def names(session: Session):
    session.execute(select(old_users().c.nickname))
    session.execute(select(part_of_users().c.name))
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.nickname FROM users', 'SELECT users.name FROM users']);
});

test('a type that puts SQL around its values, in a table that stands in a function', () => {
  const python = `
class Point(sa.types.UserDefinedType):
    def get_col_spec(self): return "geometry"
    def bind_expression(self, value): return func.st_geomfromtext(value, type_=self)
    def column_expression(self, column): return func.st_astext(column, type_=self)

def run(session: Session, given):
    places = sa.Table("places", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("at", Point))
    session.execute(select(places.c.id))
    session.execute(select(places.c.at))
    session.execute(insert(places).values(at=given))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT places.id FROM places',
    'unknown: unsupported-construct',
    'unknown: unsupported-construct',
  ]);
});

test('tables by name of the metadata that they are declared with', () => {
  const python = `
metadata = sa.MetaData()
sa.Table("items", metadata, sa.Column("id", sa.Integer))
tags = sa.Table("tags", metadata, sa.Column("id", sa.Integer))
users = Base.metadata.tables["users"]

def names(session: Session, name: str):
    session.execute(select(users.c.name))
    session.execute(User.metadata.tables["posts"].insert().values(title="x"))
    session.execute(select(metadata.tables.get("tags")))
    session.execute(select(Base.metadata.tables["unseen"].c.id))
    session.execute(select(Base.metadata.tables[name].c.id))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users.name FROM users',
    'INSERT INTO posts (title) VALUES ($1) RETURNING posts.id',
    'SELECT tags.id FROM tags',
    'unknown: from-caller',
    'unknown: from-caller',
  ]);
});

test('a table that is copied, by the same name and by another', () => {
  const python = `
def names(session: Session, schema: str):
    copy = User.__table__.to_metadata(sa.MetaData())
    archive = User.__table__.to_metadata(sa.MetaData(), schema="archive", name="old_users")
    session.execute(select(copy.c.name))
    session.execute(select(archive.c.name).where(archive.c.active))
    session.execute(select(User.__table__.to_metadata(sa.MetaData(), schema=schema)))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users.name FROM users',
    'SELECT archive.old_users.name FROM archive.old_users WHERE archive.old_users.active',
    'unknown: unsupported-construct',
  ]);
});

test('classes that automap makes have a reason of their own: the database has their tables', () => {
  const python = `from sqlalchemy.ext.automap import automap_base
Auto = automap_base()
Log = Auto.classes.db_log
def run(session: Session):
    return session.query(Log).all()
`;
  assert.deepEqual(sqlOf(python), ['unknown: unresolved-model']);
});
