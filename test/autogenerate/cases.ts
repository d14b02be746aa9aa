/** Changes of models that an autogenerate has to write a revision for: the classes before and after, without imports. */
export interface AutogenerateCase {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Renamings that somebody has confirmed. */
  readonly renames?: readonly string[];
}

const preamble = `import decimal, enum, uuid
from datetime import date, datetime, time, timedelta
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    metadata = sa.MetaData(NAMING)
`;

const convention = `naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }`;

/** The whole module; with the usual naming convention unless the classes say `# no convention`. */
export function moduleOf(classes: string): string {
  const naming = classes.includes('# no convention') ? '' : convention;
  return `${preamble.replace('NAMING', naming)}\n${classes}`;
}

/** A table with a key and the given lines. */
function table(name: string, ...lines: readonly string[]): string {
  const className = name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const body = [`__tablename__ = "${name}"`, 'id: Mapped[int] = mapped_column(primary_key=True)', ...lines];
  return `class ${className}(Base):\n${body.map(line => `    ${line}`).join('\n')}\n\n`;
}

function change(name: string, before: readonly string[], after: readonly string[]): AutogenerateCase {
  return { name, before: table('users', ...before), after: table('users', ...after) };
}

const status = 'class Status(enum.Enum):\n    new = "new"\n    paid = "paid"\n    sent = "sent"\n\n';
const longerStatus = status
  .replace('    paid', '    held = "held"\n    paid')
  .replace('"sent"\n', '"sent"\n    back = "back"\n');
const orders = table(
  'orders',
  'status: Mapped[Status] = mapped_column(sa.Enum(Status, name="status"), server_default="new")',
);

export const cases: readonly AutogenerateCase[] = [
  {
    name: 'a table with a foreign key and an index',
    before: table('users'),
    after: `${table('users')}${table('posts', 'title: Mapped[str] = mapped_column(sa.String(200), index=True)', 'author_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))')}`,
  },
  {
    name: 'a table dropped',
    before: `${table('users')}${table('posts', 'author_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)')}`,
    after: table('users'),
  },
  {
    name: 'tables that refer to each other',
    before: table('users'),
    after: `${table('users')}${table('a', 'b_id: Mapped[int | None] = mapped_column(sa.ForeignKey("b.id", use_alter=True))')}${table('b', 'a_id: Mapped[int] = mapped_column(sa.ForeignKey("a.id"))')}`,
  },
  {
    name: 'an association table',
    before: table('users'),
    after: `${table('users')}${table('groups')}members = sa.Table("members", Base.metadata, sa.Column("user_id", sa.ForeignKey("users.id"), primary_key=True), sa.Column("group_id", sa.ForeignKey("groups.id"), primary_key=True))\n`,
  },
  {
    name: 'a column of every type',
    before: table('users'),
    after: table(
      'users',
      ...[
        'sa.SmallInteger',
        'sa.BigInteger',
        'sa.Float',
        'sa.Double',
        'sa.REAL',
        'sa.Numeric',
        'sa.Numeric(10)',
        'sa.Numeric(10, 2)',
        'sa.String',
        'sa.String(20)',
        'sa.CHAR(3)',
        'sa.Text',
        'sa.LargeBinary',
        'sa.Boolean',
        'sa.Date',
        'sa.Time',
        'sa.Time(timezone=True)',
        'sa.DateTime',
        'sa.DateTime(timezone=True)',
        'postgresql.TIMESTAMP(timezone=True, precision=3)',
        'sa.Interval',
        'sa.Uuid',
        'sa.JSON',
        'postgresql.JSONB',
        'postgresql.INET',
        'postgresql.CIDR',
        'postgresql.MACADDR',
        'postgresql.TSVECTOR',
        'postgresql.INT4RANGE',
        'postgresql.TSTZRANGE',
        'postgresql.BIT(8)',
        'postgresql.BIT(8, varying=True)',
        'postgresql.ARRAY(sa.Integer)',
        'postgresql.ARRAY(sa.String(20))',
        'postgresql.ARRAY(sa.Text, dimensions=2)',
        'postgresql.MONEY',
        'postgresql.OID',
      ].map((type, position) => `c${position} = mapped_column(${type})`),
    ),
  },
  change('a nullable column', [], ['note: Mapped[str | None]']),
  change('a column with a default', [], ['active: Mapped[bool] = mapped_column(server_default=sa.true())']),
  change(
    'columns with defaults that need care',
    [],
    [
      `quote: Mapped[str] = mapped_column(server_default=sa.text("'it''s'"))`,
      `colon: Mapped[str] = mapped_column(server_default=sa.text("'12:30, 100%'"))`,
      `document: Mapped[dict] = mapped_column(postgresql.JSONB, server_default=sa.text("'{}'::jsonb"))`,
      'at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), server_default=sa.func.now())',
      'key: Mapped[uuid.UUID] = mapped_column(server_default=sa.text("gen_random_uuid()"))',
    ],
  ),
  change('a column dropped', ['note: Mapped[str | None] = mapped_column(sa.Text, index=True)'], []),
  change(
    'a longer string',
    ['email: Mapped[str] = mapped_column(sa.String(50))'],
    ['email: Mapped[str] = mapped_column(sa.String(100))'],
  ),
  change('a wider number', ['count: Mapped[int]'], ['count: Mapped[int] = mapped_column(sa.BigInteger)']),
  change(
    'text to a number',
    ['size: Mapped[str] = mapped_column(server_default="1")'],
    ['size: Mapped[int] = mapped_column(server_default="1")'],
  ),
  change(
    'a moment with its zone',
    ['at: Mapped[datetime]'],
    ['at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))'],
  ),
  change('NOT NULL', ['name: Mapped[str | None]'], ['name: Mapped[str]']),
  change('no more NOT NULL', ['name: Mapped[str]'], ['name: Mapped[str | None]']),
  change('a default added', ['n: Mapped[int]'], ['n: Mapped[int] = mapped_column(server_default="0")']),
  change(
    'a default changed',
    ['n: Mapped[int] = mapped_column(server_default="0")'],
    ['n: Mapped[int] = mapped_column(server_default="1")'],
  ),
  change('a default dropped', ['n: Mapped[int] = mapped_column(server_default="0")'], ['n: Mapped[int]']),
  change('a unique column', ['email: Mapped[str]'], ['email: Mapped[str] = mapped_column(unique=True)']),
  change(
    'a unique constraint dropped',
    ['email: Mapped[str] = mapped_column(unique=True)'],
    ['email: Mapped[str]'],
  ),
  change(
    'a unique constraint over two columns',
    ['a: Mapped[int]', 'b: Mapped[int]'],
    ['a: Mapped[int]', 'b: Mapped[int]', '__table_args__ = (sa.UniqueConstraint("a", "b", name="uq_both"),)'],
  ),
  change('an index', ['email: Mapped[str]'], ['email: Mapped[str] = mapped_column(index=True)']),
  change('an index dropped', ['email: Mapped[str] = mapped_column(index=True)'], ['email: Mapped[str]']),
  change(
    'indexes on expressions, with conditions, of other kinds',
    ['email: Mapped[str]', 'data: Mapped[dict] = mapped_column(postgresql.JSONB)'],
    [
      'email: Mapped[str]',
      'data: Mapped[dict] = mapped_column(postgresql.JSONB)',
      '__table_args__ = (sa.Index("ix_lower", sa.text("lower(email)"), unique=True), sa.Index("ix_part", "email", postgresql_where=sa.text("id > 5")), sa.Index("ix_gin", "data", postgresql_using="gin"), sa.Index("ix_newest", sa.text("id DESC")), sa.Index("ix_with", "email", postgresql_include=["id"]))',
    ],
  ),
  {
    name: 'a foreign key',
    before: `${table('users')}${table('posts', 'author_id: Mapped[int]')}`,
    after: `${table('users')}${table('posts', 'author_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))')}`,
  },
  {
    name: 'a foreign key with another action',
    before: `${table('users')}${table('posts', 'author_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))')}`,
    after: `${table('users')}${table('posts', 'author_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))')}`,
  },
  change(
    'a check',
    ['n: Mapped[int]'],
    ['n: Mapped[int]', '__table_args__ = (sa.CheckConstraint("n > 0", name="positive"),)'],
  ),
  change(
    'a check changed',
    ['n: Mapped[int]', '__table_args__ = (sa.CheckConstraint("n > 0", name="positive"),)'],
    ['n: Mapped[int]', '__table_args__ = (sa.CheckConstraint("n > 1", name="positive"),)'],
  ),
  { name: 'a column of a new enum', before: `${status}${table('orders')}`, after: `${status}${orders}` },
  { name: 'values added to an enum', before: `${status}${orders}`, after: `${longerStatus}${orders}` },
  { name: 'values taken from an enum', before: `${longerStatus}${orders}`, after: `${status}${orders}` },
  {
    name: 'the last table of an enum dropped',
    before: `${status}${table('users')}${orders}`,
    after: `${status}${table('users')}`,
  },
  {
    ...change('a column renamed', ['note: Mapped[str]'], ['remark: Mapped[str]']),
    renames: ['users.note=remark'],
  },
  {
    name: 'a table renamed, and a column in it',
    before: table('posts', 'title: Mapped[str]', 'text: Mapped[str]', 'rank: Mapped[int]'),
    after: table('articles', 'title: Mapped[str]', 'text: Mapped[str]', 'order: Mapped[int]'),
    renames: ['posts=articles', 'articles.rank=order'],
  },
  change(
    'comments',
    ['n: Mapped[int]'],
    ['n: Mapped[int] = mapped_column(comment="how many")', '__table_args__ = {"comment": "people"}'],
  ),
  change(
    'a computed column',
    ['n: Mapped[int]'],
    ['n: Mapped[int]', 'twice: Mapped[int] = mapped_column(sa.Computed("n * 2", persisted=True))'],
  ),
  {
    name: 'a key that counts by identity',
    before: table('users').replace('primary_key=True', 'primary_key=True, autoincrement=False'),
    after: table('users').replace('primary_key=True', 'sa.Identity(always=True), primary_key=True'),
  },
  {
    name: 'another primary key',
    before: table('users', 'email: Mapped[str]'),
    after: table('users', 'email: Mapped[str]')
      .replace('primary_key=True', 'autoincrement=False')
      .replace('email: Mapped[str]', 'email: Mapped[str] = mapped_column(primary_key=True)'),
  },
  {
    name: 'constraints without names',
    before: `# no convention\n${table('users', 'email: Mapped[str] = mapped_column(unique=True)')}${table('posts', 'author_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))')}`,
    after: `# no convention\n${table('users', 'email: Mapped[str]', 'name: Mapped[str] = mapped_column(unique=True, server_default="x")')}${table('posts', 'author_id: Mapped[int]')}`,
  },
  {
    name: 'another schema',
    before: table('users'),
    after: `${table('users')}${table('logs', '__table_args__ = {"schema": "extra"}', 'user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)')}`,
  },
];
