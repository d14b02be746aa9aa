import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columns, ddl, modelOf, read, readFiles } from './read-models-of.ts';

/** The columns of the class `T` with the given body. */
function columnsOf(body: string, before = ''): readonly string[] {
  const text = `${before}\nclass T(Base):\n    __tablename__ = "t"\n${body.replace(/^/gm, '    ')}\n`;
  return columns(modelOf(read(text), 'T'));
}

test('annotations decide type and nullability', () => {
  assert.deepEqual(
    columnsOf(
      'id: Mapped[int] = mapped_column(primary_key=True)\na: Mapped[str]\nb: Mapped[Optional[str]]\nc: Mapped["int | None"]\nd: Mapped[datetime.datetime]\ne: Mapped[uuid.UUID]\nf: Mapped[float]',
    ),
    [
      'id INTEGER not null pk',
      'a VARCHAR not null',
      'b VARCHAR null',
      'c INTEGER null',
      'd TIMESTAMP WITHOUT TIME ZONE not null',
      'e UUID not null',
      'f DOUBLE PRECISION not null',
    ],
  );
});

test('arguments come in any order and win over the annotation', () => {
  assert.deepEqual(
    columnsOf(
      'a: Mapped[str] = mapped_column("x", String(20), nullable=True)\nb: Mapped[str] = mapped_column(nullable=True, type_=sa.Text)',
    ),
    ['a VARCHAR(20) null', 'b TEXT null'],
  );
});

test('a column of two branches has a type where both say the same', () => {
  assert.deepEqual(
    columnsOf(
      'a = Column(sa.Text)\nif CRYPTO:\n    b = Column(sa.LargeBinary)\n    c = Column(sa.Text)\nelse:\n    b = Column(sa.Integer)\n    c = Column(sa.Text)\nif CRYPTO:\n    a = Column(sa.LargeBinary)\nd = Column(Integer)\nd = Column(sa.Text)',
      'CRYPTO = bool(os.environ.get("CRYPTO"))',
    ),
    ['a ? null', 'b ? null', 'c TEXT null', 'd TEXT null'],
  );
});

test('a legacy Column says itself whether it may be null', () => {
  assert.deepEqual(
    columnsOf(
      'a = Column(Integer, primary_key=True)\nb = sa.Column(sa.Numeric(10, 2))\nc: Mapped[int] = Column(Integer)',
    ),
    ['a INTEGER not null pk', 'b NUMERIC(10, 2) null', 'c INTEGER null'],
  );
});

test('a type decorator whose implementation is given, or left as it is', () => {
  const before = `class Stored(sa.types.TypeDecorator):
    impl = sa.JSON
    def __init__(self, model, column_type=None):
        super().__init__()
        self.model = model
        if column_type is not None:
            self.impl = column_type`;
  assert.deepEqual(
    columnsOf(
      'id = Column(Integer, primary_key=True)\na = Column(Stored(int))\nb = Column(Stored(int, column_type=sa.Text()))\nc = Column(Stored(int, None))',
      before,
    ),
    ['id INTEGER not null pk', 'a JSON null', 'b TEXT null', 'c JSON null'],
  );
});

test('a column with some of its settings beforehand, wherever it is used', () => {
  const models = readFiles({
    'base.py':
      'import functools\nimport sqlalchemy as sa\nfrom sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): pass\nColumn = functools.partial(sa.Column, nullable=False)\n',
    'users.py':
      'from sqlalchemy import Integer, String\nfrom base import Base, Column\nclass T(Base):\n    __tablename__ = "t"\n    id = Column(Integer, primary_key=True)\n    a = Column(String(20))\n    b = Column(Integer, nullable=True)\n',
  });
  assert.deepEqual(columns(modelOf(models, 'T')), [
    'id INTEGER not null pk',
    'a VARCHAR(20) not null',
    'b INTEGER null',
  ]);
});

test('a hybrid that a call makes stays one beside its accessors', () => {
  const body = `id = Column(Integer, primary_key=True)
_title = Column("title", String(20))
title = hybrid_property(_get_title)
@title.expression
def title(cls):
    return cls._title`;
  const text = `from sqlalchemy.ext.hybrid import hybrid_property\nclass T(Base):\n    __tablename__ = "t"\n${body.replace(/^/gm, '    ')}\n`;
  const { attributes } = modelOf(read(text), 'T');
  assert.equal(attributes.find(({ name }) => name === 'title')?.kind, 'hybrid');
});

test('a property that makes a query is no column', () => {
  const before = 'from shop.sessions import Session\nclass Mixin:\n    query = Session.query_property()\n';
  const text = `${before}class T(Mixin, Base):\n    __tablename__ = "t"\n    id = Column(Integer, primary_key=True)\n`;
  assert.equal(modelOf(read(text), 'T').incomplete, false);
});

test('settings inside Annotated are merged under the attribute’s own', () => {
  const before =
    'name = Annotated[str, mapped_column(String(30), nullable=True)]\nkey = Annotated[int, mapped_column(primary_key=True)]';
  assert.deepEqual(
    columnsOf('id: Mapped[key]\na: Mapped[name]\nb: Mapped[name] = mapped_column(nullable=False)', before),
    ['id INTEGER not null pk', 'a VARCHAR(30) null', 'b VARCHAR(30) not null'],
  );
});

test('an attribute may have the name of its own type', () => {
  const text = 'from datetime import date\nclass T(Base):\n    __tablename__ = "t"\n    date: Mapped[date]\n';
  assert.deepEqual(columns(modelOf(read(text), 'T')), ['date DATE not null']);
});

test('a foreign key column takes the type of what it refers to', () => {
  const text =
    'class U(Base):\n    __tablename__ = "u"\n    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)\n';
  assert.deepEqual(
    columnsOf('u_id: Mapped[Any] = mapped_column(ForeignKey("u.id"))\nv_id = Column(ForeignKey(U.id))', text),
    ['u_id UUID not null', 'v_id UUID null'],
  );
});

test('enums are native by member names, by values where asked, text where not native', () => {
  const before =
    'class S(str, enum.Enum):\n    A = "a"\n    BB = "bbb"\ndef values(e): return [m.value for m in e]';
  const text = `${before}\nclass T(Base):\n    __tablename__ = "t"\n    a: Mapped[S]\n    b: Mapped[S] = mapped_column(Enum(S, name="s_values", values_callable=values))\n    c: Mapped[S] = mapped_column(Enum(S, native_enum=False))\n`;
  const model = modelOf(read(text), 'T');
  assert.deepEqual(columns(model), ['a s not null', 'b s_values not null', 'c VARCHAR(2) not null']);
  assert.deepEqual(model.requires?.enums, [
    { name: 's', schema: null, values: ['A', 'BB'] },
    { name: 's_values', schema: null, values: ['a', 'bbb'] },
  ]);
});

test('an enum has the values of a list that is unpacked', () => {
  const text =
    'A = "a"\nSTATES = [A, "b"]\nclass T(Base):\n    __tablename__ = "t"\n    a = Column(Enum(*STATES, "c", name="s"), primary_key=True)\n    b = Column(Enum(*unseen(), name="u"))\n';
  const model = modelOf(read(text), 'T');
  assert.deepEqual(columns(model), ['a s not null pk', 'b u null']);
  assert.deepEqual(model.requires?.enums, [{ name: 's', schema: null, values: ['a', 'b', 'c'] }]);
});

test('the length of an enum kept as text is unknown where its values are', () => {
  const body =
    'id = Column(Integer, primary_key=True)\na = Column(Enum(*unseen(), native_enum=False))\nb = Column(Enum("x", native_enum=False, length=unseen()))\nc = Column(postgresql.ARRAY(Enum(*unseen(), native_enum=False)))\nd = Column(Enum("x", native_enum=False, length=None))';
  assert.deepEqual(columnsOf(body), [
    'id INTEGER not null pk',
    'a ? null',
    'b ? null',
    'c ? null',
    'd VARCHAR null',
  ]);
  assert.deepEqual(ddl(`class T(Base):\n    __tablename__ = "t"\n${body.replace(/^/gm, '    ')}\n`), [
    'CREATE TABLE t (\n  id SERIAL NOT NULL,\n  a VARCHAR,\n  b VARCHAR,\n  c VARCHAR[],\n  d VARCHAR,\n  PRIMARY KEY (id)\n)',
  ]);
});

test('type decorators, variants and arrays are what PostgreSQL gets', () => {
  const before =
    'class G(sa.types.TypeDecorator):\n    impl = sa.CHAR\n    def load_dialect_impl(self, dialect):\n        if dialect.name == "postgresql":\n            return dialect.type_descriptor(postgresql.UUID())\n        return dialect.type_descriptor(sa.CHAR(32))';
  assert.deepEqual(
    columnsOf(
      'a = Column(G)\nb = Column(sa.JSON().with_variant(postgresql.JSONB, "postgresql"))\nc = Column(postgresql.ARRAY(String(5)))',
      before,
    ),
    ['a UUID null', 'b JSONB null', 'c VARCHAR(5)[] null'],
  );
});

test('a type that a decorator passes through a cast is read, and one that it computes is unknown', () => {
  const decorated = (chosen: string) =>
    `from typing import cast\nclass G(sa.types.TypeDecorator):\n    impl = sa.CHAR\n    def load_dialect_impl(self, dialect):\n        return ${chosen}`;
  assert.deepEqual(
    columnsOf('a = Column(G)', decorated('cast(object, dialect.type_descriptor(postgresql.UUID()))')),
    ['a UUID null'],
  );
  assert.deepEqual(columnsOf('a = Column(G)', decorated('choose(dialect)')), ['a ? null']);
});

test('a decorator inherits from a name that stands for the generic class with its arguments', () => {
  const before =
    'from typing import Any\nDecorator = sa.types.TypeDecorator[Any]\nclass G(Decorator):\n    impl = sa.Unicode';
  assert.deepEqual(columnsOf('a = Column(G())', before), ['a VARCHAR null']);
});

test('encrypted types of SQLAlchemy-Utils are stored as what they encrypt to', () => {
  const before = 'from sqlalchemy_utils import EncryptedType, StringEncryptedType';
  assert.deepEqual(
    columnsOf(
      'a = Column(EncryptedType(String, key))\nb = Column(StringEncryptedType(type_in=sa.JSON, key=key))\nc = Column(StringEncryptedType(length=9))',
      before,
    ),
    ['a BYTEA null', 'b VARCHAR null', 'c ? null'],
  );
});

test('a decorator that takes arguments for itself keeps a type that takes none', () => {
  const decorated = (impl: string) =>
    `class G(sa.types.TypeDecorator):\n    impl = ${impl}\n    def __init__(self, schema):\n        prepare(self)`;
  assert.deepEqual(columnsOf('a = Column(G(dict))', decorated('postgresql.JSONB')), ['a JSONB null']);
  assert.deepEqual(columnsOf('a = Column(G(dict))', decorated('sa.String')), ['a ? null']);
});

test('a decorator’s own __init__ hands arguments on', () => {
  const before = `class Stored(sa.types.TypeDecorator):
    impl = String
    def __init__(self, kind, *args, strict=False, **kwargs):
        self.kind = kind
        super().__init__(*args, **kwargs)
class Sized(sa.types.TypeDecorator):
    impl = String
    def __init__(self, size=20):
        self.impl = sa.Unicode(size * 2)
class Hidden(sa.types.TypeDecorator):
    impl = String
    def __init__(self, size):
        prepare(self, size)`;
  assert.deepEqual(
    columnsOf(
      'a = Column(Stored(int, 50))\nb = Column(Stored(int, length=5, strict=True))\nc = Column(Sized(4))\nd = Column(Sized())\ne = Column(Hidden(5))',
      before,
    ),
    ['a VARCHAR(50) null', 'b VARCHAR(5) null', 'c VARCHAR(8) null', 'd VARCHAR(40) null', 'e ? null'],
  );
});

test('a decorator’s own __init__ adds to the keywords that it hands on', () => {
  const before = `import settings
class Pace(enum.Enum):
    SLOW = "slow"
    FAST = "fast"
class Named(sa.types.TypeDecorator):
    impl = postgresql.ENUM
    def __init__(self, kind, **options):
        if "name" not in options:
            options["name"] = kind.__name__.lower()
        names = (each.name for each in kind)
        super().__init__(*names, **options)
class Always(sa.types.TypeDecorator):
    impl = postgresql.ENUM
    def __init__(self, kind, **options):
        options.setdefault("schema", "own")
        options["name"] = "always"
        super().__init__(*[each.value for each in kind], **options)
class Asked(sa.types.TypeDecorator):
    impl = postgresql.ENUM
    def __init__(self, kind, **options):
        if settings.named:
            options["name"] = "asked"
        super().__init__(*kind, **options)
class Shaped(sa.types.TypeDecorator):
    impl = postgresql.ENUM
    def __init__(self, kind, **options):
        options = settings.shape(options)
        super().__init__(*kind, **options)`;
  const kinds = ['Named(Pace)', 'Named(Pace, name="speed")', 'Always(Pace, name="speed")', 'Asked(Pace)'];
  const written = [...kinds, 'Shaped(Pace, name="speed")'].map((each, i) => `c${i} = Column(${each})`);
  assert.deepEqual(columnsOf(written.join('\n'), before), [
    'c0 pace null',
    'c1 speed null',
    'c2 own.always null',
    'c3 ? null',
    'c4 ? null',
  ]);
  const table = (type: string) =>
    `${before}\nclass T(Base):\n    __tablename__ = "t"\n    id = Column(${type}, primary_key=True)\n`;
  assert.ok(ddl(table('Named(Pace)')).includes("CREATE TYPE pace AS ENUM ('SLOW', 'FAST')"));
  assert.ok(ddl(table('Always(Pace)')).includes("CREATE TYPE own.always AS ENUM ('slow', 'fast')"));
});

test('what cannot be known is no guess', () => {
  assert.deepEqual(columnsOf('a = Column(String(limit()))\nb = Column(third.Party())'), [
    'a ? null',
    'b ? null',
  ]);
});

test('a call that nothing is known of may make a column, one that reads a setting does not', () => {
  const incomplete = (line: string) => {
    const text = `from elsewhere import conf, made\nclass T(Base):\n    __tablename__ = "t"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    ${line}\n`;
    return modelOf(read(text), 'T').incomplete;
  };
  assert.equal(incomplete('stamp = made()'), true);
  assert.equal(incomplete('paused = conf.getboolean("core", "paused")'), false);
  assert.equal(incomplete('BATCH_SIZE = conf.read("core", "batch")'), false);
});

test('a class that declares a table and columns is mapped where its base is out of sight', () => {
  const text = (body: string) => `from elsewhere import Shared
class T(Shared):
    ${body}
`;
  const models = read(text('__tablename__ = "t"\n    id = Column(Integer, primary_key=True)'));
  const { base, metadata, incomplete } = modelOf(models, 'T');
  assert.deepEqual({ base, metadata, incomplete }, { base: null, metadata: null, incomplete: true });
  assert.deepEqual(columns(modelOf(models, 'T')), ['id INTEGER not null pk']);
  // A name alone may be anything, and columns alone a mixin.
  assert.equal(read(text('__tablename__ = "t"')).models.size, 0);
  assert.equal(read(text('id = Column(Integer, primary_key=True)')).models.size, 0);
});

const fieldHelper = `
from uuid import UUID
from sqlmodel import Field, SQLModel
def key(target: str, ondelete: str, nullable: bool = False, **options: Any) -> Any:
    if not nullable and ondelete == "SET NULL":
        raise ValueError("a key that is NOT NULL")
    name = f"fk_{target}"
    return Field(sa_column=Column(ForeignKey(f"{target}.id", name=name, ondelete=ondelete), nullable=nullable, **options))
class A(SQLModel, table=True):
    id: UUID = Field(primary_key=True)
`;

test('a helper function that checks its arguments makes the column that it gives back', () => {
  const text = `${fieldHelper}class B(SQLModel, table=True):
    id: UUID = key(target=A.__tablename__, ondelete="CASCADE", primary_key=True)
    parent_id: UUID = key("b", "CASCADE")
`;
  const { table, incomplete } = modelOf(
    read(text.replace('class A(SQLModel, table=True):', '$&\n    __tablename__ = "a"')),
    'B',
  );
  assert.equal(incomplete, false);
  assert.deepEqual(table?.primaryKey?.columns, ['id']);
  assert.deepEqual(
    table?.foreignKeys.map(({ name, columns, targetTable, onDelete }) => [
      name,
      columns,
      targetTable,
      onDelete,
    ]),
    [
      ['fk_a', ['id'], 'a', 'CASCADE'],
      ['fk_b', ['parent_id'], 'b', 'CASCADE'],
    ],
  );
});

test('a helper function that cannot be followed leaves the model incomplete', () => {
  const helper =
    'def key(name: str) -> Any:\n    for each in []:\n        return each\n    return Field(primary_key=True)\n';
  const text = (base: string, value: string) =>
    `from sqlmodel import Field, SQLModel\n${helper}class T(${base}, table=True):\n    x: int = Field(primary_key=True)\n    id: int = ${value}\n`;
  assert.equal(modelOf(read(text('SQLModel', 'key("a")')), 'T').incomplete, true);
  assert.equal(modelOf(read(text('SQLModel', 'Field(default=1)')), 'T').incomplete, false);
});

test('a function that gives a plain value makes no column', () => {
  const text = `def now() -> int:\n    for each in []:\n        return each\n    return 1\nclass T(Base):\n    __tablename__ = "t"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    made = now()\n`;
  assert.equal(modelOf(read(text), 'T').incomplete, false);
});

test('an unresolved mixin leaves the model incomplete', () => {
  const text =
    'from elsewhere import Mixin\nclass T(Mixin, Base):\n    __tablename__ = "t"\n    id: Mapped[int] = mapped_column(primary_key=True)\n';
  assert.equal(modelOf(read(text), 'T').incomplete, true);
});

test('mixins and abstract bases give their columns, the class first', () => {
  const before =
    'class M:\n    made: Mapped[int]\n    @declared_attr\n    def by(cls) -> Mapped[int]:\n        return mapped_column(ForeignKey("t.id"))\nclass A(M, Base):\n    __abstract__ = True\n    id: Mapped[int] = mapped_column(primary_key=True)';
  const text = `${before}\nclass T(A):\n    __tablename__ = "t"\n    x: Mapped[str]\n`;
  assert.deepEqual(columns(modelOf(read(text), 'T')), [
    'x VARCHAR not null',
    'id INTEGER not null pk',
    'made INTEGER not null',
    'by INTEGER not null',
  ]);
});

test('two packages with classes of one name are told apart', () => {
  const model = (table: string, type: string) =>
    `from base import Base\nfrom sqlalchemy.orm import Mapped\nclass User(Base):\n    __tablename__ = "${table}"\n    a: Mapped[${type}]\n`;
  const found = readFiles({
    'base.py': 'from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): pass\n',
    'one/__init__.py': '',
    'one/models.py': model('one', 'int'),
    'two/__init__.py': '',
    'two/models.py': model('two', 'str'),
  });
  assert.deepEqual(columns(modelOf(found, 'one.models.User')), ['a INTEGER not null']);
  assert.deepEqual(columns(modelOf(found, 'two.models.User')), ['a VARCHAR not null']);
});

test('half-typed code keeps what can be read', () => {
  assert.deepEqual(
    columnsOf('a: Mapped[int]\nb: Mapped[str] = mapped_column(\nc: Mapped[int]')[0],
    'a INTEGER not null',
  );
});

test('keywords of the running program can give a text a collation, and no other type', () => {
  const before =
    'from settings import given\ndef key(length=250, **more): return String(length, **more, **given)';
  assert.deepEqual(
    columnsOf('a = Column(key())\nb = Column(String(**given))\nc = Column(sa.DateTime(**given))', before),
    ['a VARCHAR(250) null', 'b ? null', 'c ? null'],
  );
});

test('a helper that takes a pair apart', () => {
  const before =
    'from settings import types\ndef key(name):\n    kind, more = types[name]\n    return Column(kind, primary_key=True)\ndef sized():\n    kind, size = String, 5\n    return Column(kind(size))';
  assert.deepEqual(columnsOf('a = key("a")\nb = sized()', before), ['a ? not null pk', 'b VARCHAR(5) null']);
});

test('a mixin that gives a column where a constant of the class says so', () => {
  const mixin = `class Keyed:
    has_key = False
    @declared_attr
    def key(cls):
        if not cls.has_key:
            return None
        return Column(String, nullable=False)
    @declared_attr
    def note(cls):
        if cls.has_key:
            return Column(String(20))
    @declared_attr
    def other(cls):
        if unknown(cls):
            return Column(String(30))
`;
  const text = `${mixin}class A(Keyed, Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
class B(Keyed, Base):
    __tablename__ = "b"
    has_key = True
    id = Column(Integer, primary_key=True)
`;
  const found = read(text);
  assert.deepEqual(columns(modelOf(found, 'A')), ['id INTEGER not null pk']);
  assert.deepEqual(columns(modelOf(found, 'B')), [
    'id INTEGER not null pk',
    'key VARCHAR not null',
    'note VARCHAR(20) null',
  ]);
  assert.equal(modelOf(found, 'A').incomplete, true);
});

test('a type that is a class of its own for the type checker alone', () => {
  const before = `from typing import TYPE_CHECKING
class Color(enum.Enum):
    red = 1
if TYPE_CHECKING:
    class EnumColumn(sa.types.TypeEngine):
        def __init__(self, of): ...
else:
    from sqlalchemy import Enum as EnumColumn`;
  assert.deepEqual(
    columnsOf('id = Column(Integer, primary_key=True)\na = Column(EnumColumn(Color))', before),
    ['id INTEGER not null pk', 'a color null'],
  );
});
