import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectOf } from '../../../project.ts';
import { columns, ddl, modelOf, read, readFiles } from './read-models-of.ts';

test('names follow the convention', () => {
  const text = `class B(DeclarativeBase):
    metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(column_0_label)s", "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s"})
class T(B):
    __tablename__ = "t"
    __table_args__ = (sa.CheckConstraint("id > 0", name="positive"), {"comment": "all of them"})
    id: Mapped[int] = mapped_column(primary_key=True)
    up_id: Mapped[int] = mapped_column(ForeignKey("t.id"), index=True)
`;
  assert.deepEqual(ddl(text), [
    'CREATE TABLE t (\n  id SERIAL NOT NULL,\n  up_id INTEGER NOT NULL,\n  CONSTRAINT pk_t PRIMARY KEY (id),\n  CONSTRAINT ck_t_positive CHECK (id > 0)\n)',
    'CREATE INDEX ix_t_up_id ON t (up_id)',
    "COMMENT ON TABLE t IS 'all of them'",
    'ALTER TABLE t ADD CONSTRAINT fk_t_up_id_t FOREIGN KEY (up_id) REFERENCES t (id)',
  ]);
});

test('server defaults are literals or SQL', () => {
  const text = `class T(Base):
    __tablename__ = "t"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[str] = mapped_column(server_default="x'y")
    b: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
    c: Mapped[str] = mapped_column(server_default=text("gen()"))
`;
  assert.match(
    ddl(text)[0] ?? '',
    /a VARCHAR DEFAULT 'x''y' NOT NULL,\n {2}b .* DEFAULT now\(\) NOT NULL,\n {2}c VARCHAR DEFAULT gen\(\)/,
  );
});

/** The table of `OrderItem`, named by the given expression of `name`. */
function tableNamed(expression: string, before = ''): string | null {
  const text = `import re
${before}
def named(name): return ${expression}
class M:
    @declared_attr.directive
    def __tablename__(cls): return named(cls.__name__) + "s"
class OrderItem(M, Base):
    id: Mapped[int] = mapped_column(primary_key=True)
`;
  return modelOf(read(text), 'OrderItem').tableName;
}

test('a computed name is followed through a helper', () => {
  const named = 'order_items';
  assert.equal(tableNamed('re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()'), named);
  assert.equal(
    tableNamed('CAPITALS.sub(r"_\\1", name).lower()', 'CAPITALS = re.compile(r"(?<!^)([A-Z])")'),
    named,
  );
  assert.equal(tableNamed('"_".join(x.lower() for x in re.split("(?=[A-Z])", name) if x)'), named);
  assert.equal(tableNamed('"_".join(re.findall("[A-Z][a-z]+", name)).lower()'), named);
  assert.equal(tableNamed('"".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")'), named);
  assert.equal(
    tableNamed('"".join("_" + c if c.isupper() and i > 0 else c for i, c in enumerate(name)).lower()'),
    named,
  );
  assert.equal(tableNamed('name[0].lower() + name[1:]'), 'orderItems');
});

test('a name that depends on what is not run stays unknown', () => {
  assert.equal(tableNamed('re.sub("(a|aa)+$", "", name)'), null);
  assert.equal(tableNamed('re.sub("[A-Z]", "_", name, flags=re.I)'), null);
  assert.equal(tableNamed('translated(name)'), null);
});

test('single-table subclasses add to the parent’s table, joined ones have their own', () => {
  const text = `class P(Base):
    __tablename__ = "p"
    id: Mapped[int] = mapped_column(primary_key=True)
class S(P):
    extra: Mapped[int | None]
class J(P):
    __tablename__ = "j"
    id: Mapped[int] = mapped_column(ForeignKey("p.id"), primary_key=True)
`;
  const found = read(text);
  assert.deepEqual(
    modelOf(found, 'P').table?.columns.map(({ name }) => name),
    ['id', 'extra'],
  );
  assert.deepEqual(modelOf(found, 'S').inherits, { parent: 'models.P', style: 'single' });
  assert.equal(modelOf(found, 'S').table, modelOf(found, 'P').table);
  assert.deepEqual(modelOf(found, 'J').inherits, { parent: 'models.P', style: 'joined' });
});

test('SQLModel and Flask-SQLAlchemy are other doors to the same', () => {
  const text = `from sqlmodel import SQLModel, Field
from flask_sqlalchemy import SQLAlchemy
db = SQLAlchemy()
class Hero(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=9)
class WebUser(db.Model):
    id = db.Column(db.Integer, primary_key=True)
`;
  const found = read(text);
  assert.deepEqual(columns(modelOf(found, 'Hero')), ['id INTEGER not null pk', 'name VARCHAR(9) not null']);
  assert.equal(modelOf(found, 'WebUser').tableName, 'web_user');
});

test('a subclass of Flask-SQLAlchemy’s class is a door too, and all models have what its model class has', () => {
  for (const [declared, given] of [
    ['class Root(DeclarativeBase):', 'Root'],
    ['class Root:', 'declarative_base(cls=Root)'],
    ['class Root(Model):', 'declarative_base(cls=Root)'],
  ]) {
    const text = `from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.model import Model
from sqlalchemy.orm import declarative_base
${declared}
    made = Column(Integer)
class Extension(SQLAlchemy): ...
db = Extension(model_class=${given})
class WebUser(db.Model):
    id = db.Column(db.Integer, primary_key=True)
`;
    assert.deepEqual(columns(modelOf(read(text), 'WebUser')).toSorted(), [
      'id INTEGER not null pk',
      'made INTEGER null',
    ]);
  }
});

test('imperative mapping gives a class the columns of its table', () => {
  const text = `from sqlalchemy.orm import registry
reg = registry()
people = Table("person", reg.metadata, Column("person_id", Integer, primary_key=True), Column("name", String(4)))
class Person: pass
reg.map_imperatively(Person, people, properties={"id": people.c.person_id})
`;
  assert.deepEqual(columns(modelOf(read(text), 'Person')), [
    'id INTEGER not null pk',
    'name VARCHAR(4) null',
  ]);
});

test('imperative mapping follows the bases of the class, and inherits', () => {
  const text = `users = Table("users", MetaData(), Column("id", Integer, primary_key=True), Column("kind", String))
class Named:
    def hello(self): ...
class User(Named): ...
class Admin(User): ...
mapper_registry.map_imperatively(User, users, properties={"kind": sa.orm.synonym("_kind", map_column=True)})
mapper_registry.map_imperatively(Admin, inherits=User)
`;
  const models = read(text);
  assert.equal(modelOf(models, 'User').incomplete, false);
  assert.ok(modelOf(models, 'User').attributes.some(each => each.name === 'hello' && each.kind === 'plain'));
  const admin = modelOf(models, 'Admin');
  assert.deepEqual(admin.inherits, { parent: 'models.User', style: 'single' });
  assert.deepEqual(columns(admin), ['id INTEGER not null pk', '_kind VARCHAR null']);
  assert.deepEqual(columns(modelOf(models, 'User')), columns(admin));
});

test('classes that inherit from themselves end', () => {
  assert.equal(read('class A(B): pass\nclass B(A): pass\n').models.size, 0);
});

test('a datetime of SQLModel has its time zone from 0.0.45 on', () => {
  const models = `from datetime import datetime
from sqlmodel import Field, SQLModel
class Base(SQLModel):
    created: datetime
class Hero(Base, table=True):
    id: int = Field(primary_key=True)
`;
  const created = (requirements: string) => {
    const { models: read } = projectOf({ 'app/models.py': models, 'requirements.txt': requirements });
    return columns(modelOf({ models: read }, 'Hero'))[0];
  };
  assert.equal(created('sqlmodel==0.0.38'), 'created TIMESTAMP WITHOUT TIME ZONE not null');
  assert.equal(created('sqlmodel==0.0.45'), 'created TIMESTAMP WITH TIME ZONE not null');
  assert.equal(created('sqlmodel>=0.0.20'), 'created TIMESTAMP WITH TIME ZONE not null');
});

test('indexes that stand after their table belong to it', () => {
  const text = `users = Table("users", MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("email", sa.Text))
sa.Index("ix_lower", func.lower(users.c.email), unique=True)
class T(DeclarativeBase): pass
class Post(T):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column("headline", sa.Text)
ix = sa.Index("ix_title", Post.title, Post.id.desc(), postgresql_where=Post.title.is_not(None))
sa.Index("ix_other", Other.title)
`;
  assert.deepEqual(
    ddl(text).filter(statement => statement.includes('INDEX')),
    [
      'CREATE UNIQUE INDEX ix_lower ON users (lower(email))',
      'CREATE INDEX ix_title ON posts (headline, id DESC) WHERE headline IS NOT NULL',
    ],
  );
});

test('an index under a condition, a mapper of one’s own and a cast', () => {
  const text = `from typing import Any, cast
class B(DeclarativeBase): pass
class Versioned:
    @declared_attr
    def __mapper_cls__(cls): ...
class T(Versioned, B):
    __tablename__ = "t"
    __table_args__ = (sa.Index("ix_here", "id").ddl_if(dialect="postgresql"), sa.Index("ix_there", "id").ddl_if(dialect="mysql"))
    id: Mapped[int] = mapped_column(primary_key=True)
    data: dict[str, Any] = cast(dict[str, Any], Column(sa.JSON))
`;
  const { table } = modelOf(read(text), 'T');
  assert.deepEqual(
    table?.columns.map(({ name, type }) => `${name} ${type}`),
    ['id SERIAL', 'data JSON'],
  );
  assert.ok(table?.unread?.includes('columns'));
  assert.deepEqual(
    ddl(text).filter(statement => statement.includes('INDEX')),
    ['CREATE INDEX ix_here ON t (id)'],
  );
});

test('declarative_base(cls=…) brings the name that its class makes for each table', () => {
  const text = `from sqlalchemy.orm import declarative_base, declared_attr
class Root:
    @declared_attr
    def __tablename__(self):
        return self.__name__.lower()
Base = declarative_base(cls=Root)
class Account(Base):
    id = Column(Integer, primary_key=True)
`;
  assert.equal(modelOf(read(text), 'Account').tableName, 'account');
});

test('a metaclass makes a base, with the metadata of its registry', () => {
  const bases = `
from sqlalchemy.orm import DeclarativeMeta, registry
class Meta(DeclarativeMeta): pass
mapper_registry = registry(metadata=MetaData(schema="shop"))
class Plain(metaclass=DeclarativeMeta):
    __abstract__ = True
    registry = mapper_registry
    metadata = mapper_registry.metadata
class Own(metaclass=Meta):
    registry = registry()
class Other(metaclass=type): pass
`;
  const { models } = read(
    `${bases}${['Plain', 'Own', 'Other'].map(base => `class Of${base}(${base}):\n    __tablename__ = "of_${base}"\n    id = Column(Integer, primary_key=True)\n`).join('')}`,
  );
  assert.deepEqual(
    [...models.values()].map(({ name, base, schema }) => [name, base, schema]),
    [
      ['OfPlain', 'models.Plain', 'shop'],
      ['OfOwn', 'models.Own', null],
    ],
  );
});

test('of a class body under TYPE_CHECKING only the else runs', () => {
  const text = `
if TYPE_CHECKING:
    pass
class T(Base):
    __tablename__ = "t"
    id: Mapped[int] = mapped_column(primary_key=True)
    if TYPE_CHECKING:
        name: str
        other: Mapped[int]
    else:
        name = mapped_column(String(20))
    if not TYPE_CHECKING:
        size = mapped_column(Integer)
`;
  assert.deepEqual(columns(modelOf(read(`from typing import TYPE_CHECKING${text}`), 'T')), [
    'id INTEGER not null pk',
    'name VARCHAR(20) null',
    'size INTEGER null',
  ]);
});

test('use_existing_column takes the parent’s column, and adds one where there is none', () => {
  const models = read(`
class Field(Base):
    __tablename__ = "fields"
    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(String(20), index=True)
    __mapper_args__ = {"polymorphic_on": "type"}
class Text(Field):
    type: Mapped[Literal["text"]] = mapped_column(use_existing_column=True)
    size: Mapped[int] = mapped_column(nullable=True, use_existing_column=True)
class Name(Field):
    size: Mapped[int] = mapped_column(nullable=True, use_existing_column=True)
`);
  assert.deepEqual(columns(modelOf(models, 'Text')), [
    'type VARCHAR(20) not null',
    'size INTEGER null',
    'id INTEGER not null pk',
  ]);
  assert.deepEqual(
    modelOf(models, 'Field').table?.columns.map(({ name }) => name),
    ['id', 'type', 'size'],
  );
});

test('with __table__, a column wins over a method of a mixin, and a method of the class over a column', () => {
  const models = read(`
class Countable:
    def count(self): ...
class T(Countable, Base):
    __table__ = Table("t", Base.metadata, Column("id", Integer, primary_key=True), Column("count", Integer), Column("size", Integer))
    def size(self): ...
`);
  assert.deepEqual(columns(modelOf(models, 'T')), ['id INTEGER not null pk', 'count INTEGER null']);
});

test('tables in the body of a class, and those that a function of the project passes on to Table', () => {
  const { models } = read(`
def MyTable(*args, **kwargs):
    """With the options that MySQL wants."""
    kwargs["mysql_character_set"] = "utf8"
    return sa.Table(*args, **kwargs)
class Tables:
    metadata = MetaData()
    users = Table("users", metadata, Column("id", Integer, primary_key=True))
    logs = MyTable("logs", metadata, Column("user_id", ForeignKey("users.id")))
`);
  assert.deepEqual(
    [...models.values()].map(model => [model.qualifiedName, model.table?.name, ...columns(model)]),
    [
      ['models.Tables.users', 'users', 'id INTEGER not null pk'],
      ['models.Tables.logs', 'logs', 'user_id INTEGER null'],
    ],
  );
});

test('a field of SQLModel has a default where it is True or False, and none where it is None or required', () => {
  const { models } = readFiles({
    'm.py': `from sqlmodel import Field, SQLModel
class T(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    a: bool = Field(default=True)
    b: bool = False
    c: str = Field(...)
    d: int | None = None
    e: int = 3
`,
  });
  assert.deepEqual(
    models.get('m.T')?.attributes.map(each => (each.kind === 'column' ? [each.name, each.default] : [])),
    [
      ['id', null],
      ['a', 'True'],
      ['b', 'False'],
      ['c', null],
      ['d', null],
      ['e', '3'],
    ],
  );
});
