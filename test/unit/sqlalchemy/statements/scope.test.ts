/** What `filter_by()` refers to, and the order that relationships bring along. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlOf } from './sql-of.ts';

test('filter_by() finds the one class of FROM that has the attribute', () => {
  assert.deepEqual(sqlOf('found = select(User.id).join(User.posts).filter_by(name="x")'), [
    'SELECT users.id FROM users JOIN posts ON users.id = posts.user_id WHERE users.name = $1',
  ]);
  assert.deepEqual(sqlOf('found = select(User.id).join(User.posts).filter_by(title="x")'), [
    'SELECT users.id FROM users JOIN posts ON users.id = posts.user_id WHERE posts.title = $1',
  ]);
});

test('filter_by() of an attribute that several classes have is unknown: versions differ', () => {
  assert.deepEqual(sqlOf('found = select(User.id).join(User.posts).filter_by(id=1)'), [
    'unknown: unresolved-name',
  ]);
});

test('filter_by() of a legacy Query refers to the class joined last', () => {
  const python =
    'def run(session: Session):\n    session.query(User.id).join(User.posts).filter_by(id=1).all()\n';
  assert.deepEqual(sqlOf(python), [
    'SELECT users.id AS users_id FROM users JOIN posts ON users.id = posts.user_id WHERE posts.id = $1',
  ]);
});

function eagerly(orderBy: string): readonly string[] {
  const models = `
class Tag(Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("owners.id"))

class Owner(Base):
    __tablename__ = "owners"
    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[Tag]] = relationship(order_by=${orderBy})

found = select(Owner).options(joinedload(Owner.tags)).order_by(Owner.id)
`;
  return sqlOf(models).map(sql => sql.replace(/^SELECT .* ORDER BY /, ''));
}

test('joined loading orders as the relationship does, by its own alias', () => {
  assert.deepEqual(eagerly('"Tag.name"'), ['owners.id, tags_1.name']);
  assert.deepEqual(eagerly('"desc(Tag.name), Tag.id"'), ['owners.id, tags_1.name DESC, tags_1.id']);
  assert.deepEqual(eagerly('"Tag.name.desc()"'), ['owners.id, tags_1.name DESC']);
  assert.deepEqual(eagerly('Tag.name.desc()'), ['owners.id, tags_1.name DESC']);
  assert.deepEqual(eagerly('[Tag.name, Tag.id]'), ['owners.id, tags_1.name, tags_1.id']);
  assert.deepEqual(eagerly('lambda: Tag.name'), ['owners.id, tags_1.name']);
});

test('an order that cannot be followed makes the statement unknown', () => {
  assert.deepEqual(eagerly('"func.lower(Tag.name)"'), ['unknown: unsupported-construct']);
});

test('a join starts from what is selected, not from what is loaded along', () => {
  const python = `
class Tag(Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    user: Mapped[User] = relationship(lazy="joined")

found = select(Tag).join(Post)
`;
  assert.deepEqual(
    sqlOf(python).map(sql => sql.replace(/^SELECT .* FROM /, '')),
    [
      'tags JOIN posts ON posts.id = tags.post_id LEFT OUTER JOIN users AS users_1 ON users_1.id = tags.user_id',
    ],
  );
});

test('a function that returns the condition of a relationship stands for it', () => {
  const python = `
from sqlalchemy.orm import foreign

def join():
    import datetime
    return User.id == foreign(Note.author)

class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    author: Mapped[int]
    user: Mapped[User] = relationship(primaryjoin=join)

found = select(Note.id).join(Note.user)
`;
  assert.deepEqual(sqlOf(python), ['SELECT notes.id FROM notes JOIN users ON users.id = notes.author']);
});

test('an object of a class whose mapping is not followed holds values, and the class itself columns', () => {
  const python = `
from elsewhere import Elsewhere

class Other(Elsewhere):
    id = sa.Column(sa.Integer, primary_key=True)
    name: Mapped[str]

def run(session: Session, other: Other):
    session.execute(select(Post.id).where(Post.user_id == other.id, Post.title == other.name))
    session.execute(select(Post.id).where(Post.user_id == Other.id))
    session.execute(select(Post.id).where(Post.title == Other.name))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT posts.id FROM posts WHERE posts.user_id = $1 AND posts.title = $2',
    'unknown: unresolved-model',
    'unknown: unresolved-model',
  ]);
});
