/** Functions that build statements out of what they are given: one form for each call in the file that says what that is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf, sqlOf } from './sql-of.ts';

test('classes, one form for each call', () => {
  const python = `
def ids(session: Session, model):
    return session.scalars(select(model.id))

def all(session: Session):
    return [*ids(session, User), *ids(session, model=Post)]
`;
  assert.deepEqual(sqlOf(python), ['SELECT posts.id FROM posts', 'SELECT users.id FROM users']);
});

test('columns, conditions and lists of them', () => {
  const python = `
def values(session: Session, column, *conditions):
    return session.scalars(select(column).where(*conditions))

def names(session: Session):
    return values(session, User.name, User.active, User.id > 1)
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.name FROM users WHERE users.active AND users.id > $1']);
});

test('a statement that another one is made of', () => {
  const python = `
def count(session: Session, query):
    return session.scalar(select(func.count()).select_from(query.subquery()))

def posts(session: Session):
    return count(session, select(Post.id))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT count(*) AS count_1 FROM (SELECT posts.id AS id FROM posts) AS anon_1',
    'SELECT posts.id FROM posts',
  ]);
});

test('a statement that a helper goes on with stays the one of its caller', () => {
  const python = `
def active(statement):
    return statement.where(User.active)

def users(session: Session):
    return session.scalars(active(select(User.id)))
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users WHERE users.active']);
});

test('what a function hands on', () => {
  const python = `
def newest(session: Session, model):
    return first(session, model.id)

def first(session: Session, column):
    return session.scalar(select(column).limit(1))

def user(session: Session):
    return newest(session, User)
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users LIMIT $1']);
});

test('methods of the class itself', () => {
  const python = `
class Store:
    def __init__(self, session: Session):
        self.session = session

    def users(self):
        return self.rows(User)

    def rows(self, model):
        return self.session.scalars(select(model.id))
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users']);
});

test('pieces of SQL text', () => {
  const python = `
def clear(session: Session, table: str):
    session.execute(text(f"DELETE FROM {table}"))

def clear_all(session: Session):
    clear(session, "users")
    clear(session, "posts")
`;
  const [fact] = factsOf(python);
  assert.equal(fact?.unknown, null);
  assert.deepEqual(
    fact.forms.map(each => each.sql),
    ['DELETE FROM users', 'DELETE FROM posts'],
  );
});

test('a text of which only its empty beginning is seen stays unknown', () => {
  const python = `
def run(session: Session, sql: str):
    session.execute(text(sql))

def run_all(session: Session, names):
    sql = ""
    for name in names:
        sql += f"DROP TABLE {name};"
    run(session, sql)
`;
  assert.equal(factsOf(python)[0]?.unknown?.reason, 'dynamic-sql');
});

test('an attribute that the caller names', () => {
  const python = `
def having(session: Session, name: str, value: str):
    return session.scalars(select(User.id).where(getattr(User, name) == value))

def called(session: Session):
    return having(session, "name", "Ann")
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users WHERE users.name = $1']);
});

test('what one of the calls does not say leaves the statement unknown', () => {
  const python = `
def ids(session: Session, model):
    return session.scalars(select(model.id))

def all(session: Session):
    return [*ids(session, User), *ids(session, aliased_of(Post))]

def titles(session: Session, model):
    return session.scalars(select(model.title))

def all_titles(session: Session):
    return [*titles(session, User), *titles(session, Post)]
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users.id FROM users',
    'SELECT posts.title FROM posts',
    'unknown: dynamic-attribute',
  ]);
});

test('a statement that is known by itself is not read for its calls', () => {
  const python = `
def named(session: Session, name, model=User):
    return session.scalars(select(model.id).where(User.name == name))

def called(session: Session):
    return named(session, "Ann", Post)
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users WHERE users.name = $1']);
});

test('a helper that is said to give an object, and gives a statement', () => {
  const python = `
def active(session: Session) -> User:
    return select(User.id).where(User.active)

def users(session: Session):
    return session.scalars(active(session))
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users WHERE users.active']);
});

test('a factory that says which object it gives', () => {
  const python = `
def create_user(session: Session, name: str = "", team=None) -> User:
    user = User(name=name, team=team)
    session.add(user)
    return user

def posts(session: Session):
    user = create_user(session, team=object())
    return session.scalars(select(Post.id).where(Post.user_id == user.id))
`;
  assert.deepEqual(sqlOf(python), ['SELECT posts.id FROM posts WHERE posts.user_id = $1']);
});

test('a function that another one is given to call', () => {
  const python = `
def batch(session: Session, tables):
    return session.execute(select(tables["users"].c.name))

def all_of(session: Session, tables, run):
    while True:
        run(session, tables)

def main(session: Session, engine):
    metadata = sa.MetaData()
    tables = {name: sa.Table(name, metadata, autoload_with=engine) for name in ("users", "posts")}
    all_of(session, tables, batch)
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.name FROM users']);
  assert.deepEqual(sqlOf(python.replace('tables, batch)', 'tables, print)')), ['unknown: from-caller']);
});
