/** Methods of a base class whose mapped class the subclasses name: one form for each of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlOf } from './sql-of.ts';

const both = ['SELECT posts.id FROM posts', 'SELECT users.id FROM users'];

const generic = `
T = TypeVar("T", bound=Base)

class Repository(Generic[T]):
    model: type[T]

    def __init__(self, session: Session):
        self.session = session

    def ids(self):
        return self.session.scalars(select(self.model.id))

`;

test('a class attribute of each subclass', () => {
  const python = `${generic}
class Users(Repository[User]):
    model = User

class Posts(Repository[Post]):
    model = Post
`;
  assert.deepEqual(sqlOf(python), both);
});

test('the argument of the generic base, where nothing else names the class', () => {
  const python = `${generic}
class Users(Repository[User]): ...
class Middle(Repository[T]): ...
class Posts(Middle[Post]): ...
`;
  assert.deepEqual(sqlOf(python), both);
});

test('objects that a class method of the base makes, one for each class', () => {
  const python = `
class Repository:
    def __init__(self, session: Session):
        self.session = session

    @classmethod
    def of(cls, session: Session):
        return cls(session)

    def statement(self):
        return select(self.model.id)

class Users(Repository):
    model = User

class Posts(Repository):
    model = Post

def posts(session: Session):
    users = Users.of(session)
    return session.execute(Posts.of(session).statement().where(Post.id == 1))
`;
  assert.ok(
    sqlOf(python).includes('SELECT posts.id FROM posts WHERE posts.id = $1'),
    sqlOf(python).join('\n'),
  );
});

test('the argument that stands in the place of the type variable', () => {
  const python = `
S = TypeVar("S")
T = TypeVar("T", bound=Base)

class Repository(Generic[S, T]):
    schema: type[S]
    model: type[T]

    def __init__(self, session: Session):
        self.session = session

    def ids(self):
        return self.session.scalars(select(self.model.id))

    def shape(self):
        return self.session.scalars(select(self.schema.id))

class Shape: ...
class Middle(Repository[S, T]): ...
class Users(Repository[Shape, User]): ...
class Posts(Middle[Shape, Post]): ...
`;
  assert.deepEqual(sqlOf(python), [...both, 'unknown: from-caller']);
});

test('an argument of super().__init__()', () => {
  const python = `
class Repository:
    def __init__(self, model, session: Session):
        self._model = model
        self.session = session

    def ids(self):
        return self.session.scalars(select(self._model.id))

class Users(Repository):
    def __init__(self, session: Session):
        super().__init__(User, session)

class Posts(Repository):
    def __init__(self, session: Session):
        super().__init__(session=session, model=Post)
`;
  assert.deepEqual(sqlOf(python), both);
});

test('a class method of each subclass', () => {
  const python = `
class Repository:
    model = None

    @classmethod
    def ids(cls, session: Session):
        return session.scalars(select(cls.model.id))

class Users(Repository):
    model = User
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users']);
});

test('what a subclass overrides is what the base calls, and super() is what it overrides', () => {
  const python = `
class Repository(Generic[T]):
    model: type[T]

    def query(self):
        return select(self.model.id)

    def one(self, session: Session, key: int):
        return session.scalar(self.query().where(self.model.id == key))

class Users(Repository[User]):
    model = User

    def query(self):
        return super().query().where(User.active)
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users.id FROM users',
    'SELECT users.id FROM users WHERE users.active AND users.id = $1',
    'SELECT users.id FROM users WHERE users.active',
  ]);
});

test('a test for an attribute is decided for each subclass', () => {
  const python = `${generic}
    def shown(self):
        found = select(self.model.id)
        if hasattr(self.model, "active"):
            found = found.where(self.model.active)
        return self.session.scalars(found)

class Users(Repository[User]):
    model = User

class Posts(Repository[Post]):
    model = Post
`;
  assert.deepEqual(sqlOf(python), [
    ...both,
    'SELECT posts.id FROM posts',
    'SELECT users.id FROM users WHERE users.active',
  ]);
});

test('a base without subclasses, and conditions of its callers, stay unknown', () => {
  assert.deepEqual(sqlOf(generic), ['unknown: from-caller']);
  const python = `${generic}
    def found(self, *criteria):
        return self.session.scalars(select(self.model.id).where(*criteria))

class Users(Repository[User]):
    model = User
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users', 'unknown: from-caller']);
});

test('a class method of a mixin, once for each mapped class that has it', () => {
  const python = `
class Readable:
    @classmethod
    def all(cls, session: Session):
        return session.scalars(select(cls.id))

class Tag(Readable, Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)

class Label(Readable, Base):
    __tablename__ = "labels"
    id: Mapped[int] = mapped_column(primary_key=True)
`;
  assert.deepEqual(sqlOf(python), ['SELECT labels.id FROM labels', 'SELECT tags.id FROM tags']);
});

test('a method of a mixin is not read for mapped classes that lack what it names of its class', () => {
  const python = `
class Stateful:
    @classmethod
    def active(cls, session: Session):
        return session.query(cls).filter_by(state="active").filter(cls.id > 1)

class Tag(Stateful, Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)

class Label(Stateful, Base):
    __tablename__ = "labels"
    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT labels.id AS labels_id, labels.state AS labels_state FROM labels WHERE labels.state = $1 AND labels.id > $2',
  ]);
});

test('the class of self, in a mixin and in a mapped class', () => {
  const python = `
class Siblings:
    def others(self, session: Session):
        return session.scalars(select(self.__class__.id).where(type(self).id != self.id))

class Tag(Siblings, Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)

    def all(self, session: Session):
        return session.scalars(select(self.__class__.id))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT tags.id FROM tags WHERE tags.id != $1',
    'SELECT tags.id FROM tags',
  ]);
});

test('an SQL expression of a class that is reached through several calls of another file', () => {
  const wallets = `
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, column_property, declared_attr, mapped_column
from app import Base, Post

class Wallet(Base):
    __tablename__ = "wallets"
    id: Mapped[int] = mapped_column(primary_key=True)

    @declared_attr
    def posts(cls) -> Mapped[int]:
        return column_property(select(func.count(Post.id)).where(Post.user_id == cls.id).scalar_subquery())

class Wallets:
    def base(self):
        return self.all()

    def all(self):
        return select(Wallet)
`;
  const python = `
from wallets import Wallet, Wallets

class PaidWallets(Wallets):
    def base(self):
        return super().base().where(Wallet.id > 1)

    def last(self):
        return self.base().where(Wallet.id == 3)
`;
  assert.deepEqual(
    sqlOf(python, { 'wallets.py': wallets }).filter(each => each.startsWith('unknown')),
    [],
  );
});

test('a static method of a mapped class takes no class', () => {
  const python = `
class Group(Base):
    __tablename__ = "groups"
    id: Mapped[int] = mapped_column(primary_key=True)

    @staticmethod
    def only(group_id):
        return select(Group.id).where(Group.id == group_id)

def find(session: Session, group_id: int):
    return session.scalars(Group.only(group_id))
`;
  assert.deepEqual(sqlOf(python), ['SELECT groups.id FROM groups WHERE groups.id = $1']);
});

test('a method that each subclass has to write', () => {
  const python = `
class Repository:
    def __init__(self, session: Session):
        self.session = session

    @classmethod
    def model(cls):
        raise NotImplementedError()

    def ids(self):
        return self.session.scalars(select(self.model().id))

class Users(Repository):
    @classmethod
    def model(cls):
        return User

class Posts(Repository):
    @classmethod
    def model(cls):
        """What it keeps."""
        return Post

class Others(Repository):
    @classmethod
    def model(cls):
        return models["other"]
`;
  assert.deepEqual(sqlOf(python), both);
  const first = python.slice(0, python.indexOf('class Users'));
  assert.deepEqual(
    sqlOf(first).filter(each => !each.startsWith('unknown')),
    [],
  );
});
