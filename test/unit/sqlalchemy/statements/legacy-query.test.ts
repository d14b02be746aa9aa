/** Legacy Query in the forms that Flask-SQLAlchemy gives it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlOf } from './sql-of.ts';

const columns = 'users.id AS users_id, users.name AS users_name';

function inFunction(expression: string): readonly string[] {
  return sqlOf(`def run(user: User, session: Session):\n    ${expression}\n`).map(sql =>
    sql.replace(/^SELECT .* FROM/, 'SELECT … FROM'),
  );
}

test('a class has its query as an attribute', () => {
  assert.deepEqual(inFunction('User.query.filter_by(name="x").order_by(User.id).all()'), [
    'SELECT … FROM users WHERE users.name = $1 ORDER BY users.id',
  ]);
  assert.deepEqual(inFunction('return User.query.filter(User.id > 5).paginate(page=1)'), [
    'SELECT … FROM users WHERE users.id > $1',
  ]);
  assert.ok(sqlOf('def run():\n    User.query.all()\n')[0]?.startsWith(`SELECT ${columns}`));
});

test('a class that defines `query` itself means that', () => {
  const python = `class Search(Base):
    __tablename__ = "searches"
    id: Mapped[int] = mapped_column(primary_key=True)
    query: Mapped[str]

found = select(Search.id).where(Search.query == "x")
`;
  assert.deepEqual(sqlOf(python), ['SELECT searches.id FROM searches WHERE searches.query = $1']);
});

test('get() asks for the primary key', () => {
  assert.deepEqual(inFunction('User.query.get(5)'), ['SELECT … FROM users WHERE users.id = $1']);
  assert.deepEqual(inFunction('session.query(User).get(5)'), ['SELECT … FROM users WHERE users.id = $1']);
});

test('filter_by() takes an object for a relationship', () => {
  assert.deepEqual(inFunction('session.query(Post).filter_by(user=user).all()'), [
    'SELECT … FROM posts WHERE $1 = posts.user_id',
  ]);
});

test('the session of Flask-SQLAlchemy from the module that makes it', () => {
  const others = {
    'web/__init__.py': 'from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n',
    'web/models.py':
      'from . import db\nclass Page(db.Model):\n    id = db.Column(db.Integer, primary_key=True)\n',
  };
  const python =
    'from web import db\nfrom web.models import Page\ndef read():\n    return db.session.query(Page).all(), db.session().query(Page.id).first()\n';
  assert.deepEqual(sqlOf(python, others), [
    'SELECT page.id AS page_id FROM page',
    'SELECT page.id AS page_id FROM page',
  ]);
});

test('Flask-SQLAlchemy through a subclass of its own', () => {
  const python = `
from flask_sqlalchemy import SQLAlchemy
class Extension(SQLAlchemy): ...
db = Extension()
class Page(db.Model):
    id = db.Column(db.Integer, primary_key=True)
def read():
    return db.session.execute(db.select(Page.id)), Page.query.filter_by(id=1).first()
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT page.id FROM page',
    'SELECT page.id AS page_id FROM page WHERE page.id = $1',
  ]);
});

test('objects of another statement', () => {
  const loaded = (rest: string) =>
    sqlOf(`def run(session: Session):\n    session.query(User).from_statement(text("SELECT 1")).${rest}`);
  for (const rest of ['all()', 'params(id=1).first()', 'options(joinedload(User.posts)).one()'])
    assert.deepEqual(loaded(rest), ['SELECT 1'], rest);
});

test('case() with its pairs in a list', () => {
  const python = 'stmt = sa.select(sa.case([(User.name == "a", 1), (User.name == "b", 2)], else_=3))';
  assert.deepEqual(sqlOf(python), [
    'SELECT CASE WHEN (users.name = $1) THEN $2 WHEN (users.name = $3) THEN $4 ELSE $5 END AS anon_1 FROM users',
  ]);
});

test('load_only() by a string, as before SQLAlchemy 2.0, may count inside of another statement', () => {
  const python = (column: string) =>
    `from sqlalchemy.orm import load_only\ndef run(session: Session):\n    return session.query(Post.id).filter(Post.user_id.in_(session.query(User).options(load_only(${column}))))`;
  assert.deepEqual(sqlOf(python('"id"')), ['unknown: unsupported-construct']);
  const [given] = sqlOf(python('User.id'));
  assert.match(given ?? '', /IN \(SELECT users\.id, .* FROM users\)$/);
});
