/** Code of 1.x in, the same in the style of 2.0 out; what would mean something else stays. That it runs alike, `test/scaffold` shows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answers } from '../../../src/scaffold/scaffold.ts';
import { scaffolds } from '../../../src/scaffold/scaffolds.ts';
import { applyScaffold, factsOf, type Texts } from '../../scaffold/apply-scaffold.ts';
import { legacyTexts } from '../../scaffold/run-cases.ts';

const base = `from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass
`;

function convert(texts: Texts, answers: Answers = {}): Texts {
  const all = { 'app/base.py': base, ...texts };
  const { changed, problems } = applyScaffold(all, 'convert', { scope: 'workspace', ...answers });
  assert.deepEqual(problems, []);
  return changed;
}

/** The reasons for what stays. */
function left(texts: Texts): readonly string[] {
  const facts = factsOf({ 'app/base.py': base, ...texts });
  const { notes = [], problems } = scaffolds.convert.render(facts, { scope: 'workspace' }, null);
  return [...notes.slice(1), ...problems.flatMap(text => text.split('\n').slice(1))];
}

const users = `from sqlalchemy import Column, Date, Integer, String

from app.base import Base


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    date = Column(Date, nullable=False)
    name = Column(String(20))  # as it is said
`;

test('columns are annotated with what they hold, and what is imported fits', () => {
  assert.deepEqual(convert({ 'app/models.py': users }), {
    'app/models.py': `import datetime

from sqlalchemy import Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base import Base


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    date: Mapped[datetime.date] = mapped_column(Date)
    name: Mapped[str | None] = mapped_column(String(20))  # as it is said
`,
  });
});

test('a table between that is made below the other class is looked up later', () => {
  const models = `from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import backref, relationship

from app.base import Base


class Tag(Base):
    __tablename__ = "tags"
    id = Column(Integer, primary_key=True)


links = Table(
    "links",
    Base.metadata,
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
)


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    tags = relationship(Tag, secondary=links, backref=backref("posts"))
`;
  const text = convert({ 'app/models.py': models })['app/models.py'] ?? '';
  assert.match(text, /posts: Mapped\[list\["Post"\]\] = relationship\(\s*secondary=lambda: links, back_pop/);
  assert.match(text, /tags: Mapped\[list\["Tag"\]\] = relationship\(\s*(Tag, )?secondary=links,\s*back_pop/);
});

test('a package loses the import that it has no use for any more', () => {
  const package_ = 'from sqlalchemy.orm import declarative_base\n\nBase = declarative_base()\n';
  assert.match(
    convert({ 'app/__init__.py': package_ })['app/__init__.py'] ?? '',
    /^from sqlalchemy\.orm import DeclarativeBase\n/,
  );
});

test('a base stays where classes are made past its metaclass', () => {
  const texts = {
    'app/models.py': 'from sqlalchemy.orm import declarative_base\n\nBase = declarative_base()\n',
    'app/history.py': 'def history(cls):\n    return type.__new__(type, "History", cls.__bases__, {})\n',
  };
  assert.match(
    left(texts).join(),
    /^app\/models\.py:3: declarative_base\(\) of Base stays: code makes classes/,
  );
});

test('a backref becomes an attribute of the other class, in its own file', () => {
  const posts = `from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship

from app.base import Base


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship("User", backref="posts")
`;
  const parts = ['relationships', 'backrefs'];
  const changed = convert({ 'app/models.py': users, 'app/posts.py': posts }, { parts });
  assert.match(
    changed['app/posts.py'] ?? '',
    /user: Mapped\["User \| None"\] = relationship\("User", back_populates="posts"\)/,
  );
  assert.match(changed['app/posts.py'] ?? '', /if TYPE_CHECKING:\n {4}from app.models import User/);
  assert.match(
    changed['app/models.py'] ?? '',
    /\n {4}posts: Mapped\[list\["Post"\]\] = relationship\(back_populates="user"\)\n/,
  );
});

const session =
  'from sqlalchemy.orm import Session\n\nfrom app.models import User\n\n\ndef f(session: Session, key):\n    return ';

const queries: readonly (readonly [string, string])[] = [
  ['session.query(User).get(key)', 'session.get(User, key)'],
  [
    'session.query(User).filter_by(name="a").first()',
    'session.scalars(select(User).filter_by(name="a").limit(1)).first()',
  ],
  ['session.query(User, User.id).all()', 'session.execute(select(User, User.id)).unique().all()'],
  ['session.query(User.id).scalar()', 'session.scalars(select(User.id)).one_or_none()'],
  ['session.query(User).delete()', 'session.execute(delete(User)).rowcount'],
];

test('queries become statements', () => {
  for (const [before, after] of queries) {
    const changed = convert(
      { 'app/models.py': users, 'app/q.py': `${session}${before}\n` },
      { parts: ['queries'] },
    );
    const needed = /\b(?:select|delete)(?=\()/.exec(after)?.[0];
    assert.equal(changed['app/q.py']?.includes('from sqlalchemy import'), needed !== undefined);
    if (needed) assert.ok(changed['app/q.py']?.startsWith(`from sqlalchemy import ${needed}\n`));
    assert.ok(changed['app/q.py']?.endsWith(`    return ${after}\n`), changed['app/q.py']);
  }
});

const signature = (models: string): string =>
  `${models}\nfrom app.models import Post, User\n\n\ndef f(session, key):\n`;

/** Statements in the body of a function, converted. */
function laidOut(body: string, imports = 'from sqlalchemy import delete, func, select'): string {
  const before = signature(imports);
  const texts = {
    'app/models.py':
      `${users}\n\nclass Post(Base):\n    __tablename__ = "posts"\n    id = Column(Integer, primary_key=True)\n    user_id = Column(ForeignKey("users.id"))\n    user = relationship(User)\n`
        .replace('import Column,', 'import Column, ForeignKey,')
        .replace('\n\nfrom app', '\nfrom sqlalchemy.orm import relationship\n\nfrom app'),
    'app/q.py': before + body,
    'pyproject.toml': '[tool.ruff]\nline-length = 60\n',
  };
  const { 'app/q.py': text = '' } = convert(texts, { parts: ['queries'] });
  return text.slice(text.indexOf('key):\n') + 6);
}

const layouts: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    'methods one a line, and parentheses that are needed no more',
    `    return (
        session.query(User)
        .filter(User.id == key)  # the key
        # and not all
        .filter(User.name != "a name that is long")
        .first()
    )
`,
    `    return session.scalars(
        select(User)
        .where(User.id == key)  # the key
        # and not all
        .where(User.name != "a name that is long")
        .limit(1)
    ).first()
`,
  ],
  [
    'parentheses around a part of the query',
    `    return (
        session.query(User).filter(
            User.id == key,
        )
    ).one_or_none()
`,
    `    return session.scalars(
        select(User).where(
            User.id == key,
        )
    ).one_or_none()
`,
  ],
  [
    'a line that gets too long',
    '    x = session.query(User).filter(User.name == key).all()\n',
    `    x = session.scalars(
        select(User).where(User.name == key)
    ).all()
`,
  ],
  [
    'several methods of the result',
    '    return session.query(User).join(Post).filter(Post.id > 1).all()\n',
    `    return (
        session.scalars(
            select(User).join(Post).where(Post.id > 1)
        )
        .unique()
        .all()
    )
`,
  ],
  [
    'lines that a backslash joined',
    `    x = session.query(User). \\
        filter(User.id == key). \\
        order_by(User.name, User.id, User.date).all()
`,
    `    x = session.scalars(
        select(User)
        .where(User.id == key)
        .order_by(User.name, User.id, User.date)
    ).all()
`,
  ],
  [
    'a count',
    '    return session.query(User).filter(User.name == key).count()\n',
    `    return session.scalars(
        select(func.count()).select_from(
            select(User).where(User.name == key).subquery()
        )
    ).one()
`,
  ],
  [
    'a change without a result',
    '    session.query(User).filter(User.id == key).delete()\n',
    '    session.execute(delete(User).where(User.id == key))\n',
  ],
];

for (const [name, before, after] of layouts) {
  test(`queries are laid out as formatters do: ${name}`, () => assert.equal(laidOut(before), after));
}

test('a statement is named as the file names it', () => {
  const body = '    return session.query(User).all()\n';
  assert.equal(
    laidOut(body, 'import sqlalchemy as sa'),
    '    return session.scalars(sa.select(User)).all()\n',
  );
});

test('objects are made unique only where rows may repeat them', () => {
  for (const [query, isUnique] of [
    ['Post).join(Post.user).filter(User.id == key)', false],
    ['Post).join(User).filter(User.id == key)', false],
    ['Post).filter(Post.user.has(User.id == key))', false],
    ['Post).options(selectinload(Post.user))', false],
    ['Post).options(joinedload(Post.user))', true],
    ['User).join(Post)', true],
    ['User).filter(Post.id == key)', true],
  ] as const) {
    const text = laidOut(`    return session.query(${query}.all()\n`);
    assert.equal(text.includes('.unique()'), isUnique, query);
  }
});

test('declarations keep to the length of lines, and come together where they fit again', () => {
  const models = `from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import backref, relationship

from app.base import Base


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    user_id = Column(Integer, ForeignKey("users.id"))
    user = relationship(
        "User", backref=backref("posts", passive_deletes=True)
    )
`;
  const changed = convert({
    'app/models.py': users,
    'app/posts.py': models,
    'pyproject.toml': '[tool.ruff]\nline-length = 72\n',
  });
  assert.ok(
    changed['app/posts.py']?.endsWith(`    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int | None] = mapped_column(
        Integer, ForeignKey("users.id")
    )
    user: Mapped["User | None"] = relationship(
        "User", back_populates="posts"
    )
`),
    changed['app/posts.py'],
  );
});

test('names keep a statement each where they have one', () => {
  const models = users.replace(
    'from sqlalchemy import Column, Date, Integer, String',
    'from sqlalchemy import Column\nfrom sqlalchemy import Date\nfrom sqlalchemy import Integer\nfrom sqlalchemy import String',
  );
  assert.match(
    convert({ 'app/models.py': models })['app/models.py'] ?? '',
    /from sqlalchemy import String\nfrom sqlalchemy\.orm import Mapped\nfrom sqlalchemy\.orm import mapped_column\n/,
  );
});

test('None is written as the file writes it', () => {
  const models = `${users}    born: Mapped[Optional[int]] = mapped_column(Integer)\n`;
  assert.match(
    convert({ 'app/models.py': models })['app/models.py'] ?? '',
    /name: Mapped\[Optional\[str\]\] =/,
  );
});

/** The body of a function that is given a session. */
const inFunction = (body: string): Texts => ({
  'app/models.py': users,
  'app/q.py': `from sqlalchemy.orm import Session

from app.models import User


def work(session: Session, key: int):
${body.replaceAll(/^(?=.)/gm, '    ')}
`,
});

function converted(body: string): string {
  const text = convert(inFunction(body), { parts: ['queries'] })['app/q.py'] ?? '';
  return text
    .slice(text.indexOf('key: int):\n') + 'key: int):\n'.length)
    .replaceAll(/^ {4}/gm, '')
    .trimEnd();
}

for (const [what, before, after] of [
  [
    'built further under a condition',
    'query = session.query(User)\nif key:\n    query = query.filter(User.id == key)\nreturn query.all()',
    'query = select(User)\nif key:\n    query = query.where(User.id == key)\nreturn session.scalars(query).all()',
  ],
  [
    'run more than once',
    'query = session.query(User)\nfound = query.limit(5).all()\nreturn found, query.one()',
    'query = select(User)\nfound = session.scalars(query.limit(5)).all()\nreturn found, session.scalars(query).one()',
  ],
  [
    'looped over',
    'query = session.query(User.name)\nreturn [name for (name,) in query]',
    'query = select(User.name)\nreturn [name for (name,) in session.execute(query)]',
  ],
  [
    'what a branch joins is not joined for what follows',
    'query = session.query(User)\nif key:\n    query = query.join(User, User.id == key)\nreturn query.one()',
    'query = select(User)\nif key:\n    query = query.join(User, User.id == key)\nreturn session.scalars(query).unique().one()',
  ],
  [
    'begun in each branch',
    'if key:\n    query = session.query(User).filter(User.id == key)\nelse:\n    query = session.query(User)\nreturn query.first()',
    'if key:\n    query = select(User).where(User.id == key)\nelse:\n    query = select(User)\nreturn session.scalars(query.limit(1)).first()',
  ],
  [
    'its variable holds the rows in the end',
    'found = session.query(User)\nfound = found.all()\nreturn len(found), found',
    'found = select(User)\nfound = session.scalars(found).all()\nreturn len(found), found',
  ],
  [
    'one variable made of another',
    'every = session.query(User)\none = every.filter(User.id == key)\nreturn one.one(), every.all()',
    'every = select(User)\none = every.where(User.id == key)\nreturn session.scalars(one).one(), session.scalars(every).all()',
  ],
  [
    'lines and comments stay where they are',
    'query = (\n    session.query(User)\n    # the one\n    .filter(User.id == key)\n)\nreturn query.one()',
    'query = (\n    select(User)\n    # the one\n    .where(User.id == key)\n)\nreturn session.scalars(query).one()',
  ],
  [
    'what does not fit into one line keeps its lines',
    'quite_a_long_name_of_a_variable = (\n    session.query(User).filter(User.id == key, User.name == "a name")\n)\nreturn quite_a_long_name_of_a_variable.one()',
    'quite_a_long_name_of_a_variable = (\n    select(User).where(User.id == key, User.name == "a name")\n)\nreturn session.scalars(quite_a_long_name_of_a_variable).one()',
  ],
  [
    'a subquery',
    'names = session.query(User.name).filter(User.id > key).subquery()\nreturn session.query(names.c.name, User.id).all()',
    'names = select(User.name).where(User.id > key).subquery()\nreturn session.execute(select(names.c.name, User.id)).all()',
  ],
  [
    'given to in_()',
    'ids = session.query(User.id)\nreturn session.query(User).filter(User.id.in_(ids.filter(User.id > key))).one()',
    'ids = select(User.id)\nreturn session.scalars(\n    select(User).where(User.id.in_(ids.where(User.id > key)))\n).one()',
  ],
  [
    'EXISTS selects 1, as Query has it',
    'return session.query(User).filter(session.query(User).filter(User.id == key).exists()).one()',
    'return session.scalars(\n    select(User).where(\n        select(literal_column("1")).select_from(User).where(User.id == key).exists()\n    )\n).one()',
  ],
] as const) {
  test(`a query that is kept in a variable, or is a part of another one: ${what}`, () => {
    assert.equal(converted(before), after);
  });
}

for (const [what, body, reason] of [
  ['returned', 'query = session.query(User)\nreturn query', /handed on/],
  ['given to a function', 'query = session.query(User)\nshow(query)\nreturn query.all()', /handed on/],
  ['run later', 'query = session.query(User)\nreturn lambda: query.all()', /handed on/],
  ['an attribute', 'key.query = session.query(User)', /built further, or run, elsewhere/],
  [
    'something else',
    'query = session.query(User)\nif key:\n    query = []\nreturn list(query)',
    /something else/,
  ],
  [
    'rows or objects',
    'query = session.query(User)\nif key:\n    query = session.query(User.id)\nreturn query.all()',
    /in one branch/,
  ],
  ['changed', 'query = session.query(User)\nquery.delete()', /more than a filtered class/],
  ['another session', 'query = session.query(User)\nsession = key\nreturn query.all()', /which session/],
  ['a session of its own', 'query = make(session).query(User)\nreturn query.all()', /which session|nothing/],
] as const) {
  test(`a query that is kept in a variable stays: ${what}`, () => {
    const [note = ''] = left(inFunction(body)).slice(-1);
    assert.match(note, reason);
  });
}

test('a query that is passed on, or does what no statement does, stays', () => {
  for (const [query, reason] of [
    ['session.query(User).filter(User.id == key)', /built further, or run, elsewhere/],
    ['session.query(User).yield_per(10).all()', /no yield_per\(\)/],
    ['session.query(User).order_by(User.id).distinct().all()', /selects what it is ordered by/],
    ['session.query(thing).all()', /not known/],
  ] as const) {
    const [, note] = [
      null,
      left({ 'app/models.py': users, 'app/q.py': `${session}${query}\n` }).at(-1) ?? '',
    ];
    assert.match(note, reason);
    assert.match(note, /^app\/q\.py:7: query\(/);
  }
});

test('a dynamic relationship stays one unless it is chosen otherwise', () => {
  const posts = users
    .replace('    id =', '    posts = relationship("Post", lazy="dynamic")\n    id =')
    .replace(
      '\n\nfrom app',
      '\nfrom sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import relationship\n\nfrom app',
    );
  const texts = {
    'app/models.py': `${posts}\n\nclass Post(Base):\n    __tablename__ = "posts"\n    id = Column(Integer, primary_key=True)\n    user_id = Column(ForeignKey("users.id"))\n`,
  };
  const [kept, changed] = ['dynamic', 'write-only'].map(
    dynamic => convert(texts, { dynamic })['app/models.py'] ?? '',
  );
  assert.match(kept ?? '', /posts: DynamicMapped\["Post"\] = relationship\("Post", lazy="dynamic"\)/);
  assert.match(changed ?? '', /posts: WriteOnlyMapped\["Post"\] = relationship\("Post", lazy="write_only"\)/);
});

test('what has been converted is not converted again', () => {
  const { texts } = applyScaffold(legacyTexts(), 'convert', { scope: 'workspace' });
  const { problems } = applyScaffold(texts, 'convert', { scope: 'workspace' });
  assert.match(problems.join(), /^There is nothing to convert/);
});

test('a test or a revision is converted where it is named, and left alone along with the workspace', () => {
  const text =
    'from sqlalchemy.orm import Session\n\nfrom app.models import User\n\n\ndef test_users(session: Session) -> None:\n    assert session.query(User).get(1) is None\n';
  for (const path of ['tests/test_users.py', 'migrations/versions/1_users.py']) {
    const texts = { 'app/base.py': base, 'app/models.py': users, [path]: text };
    const asked = { parts: ['queries'] };
    for (const scope of ['file', path]) {
      const { changed } = applyScaffold(texts, 'convert', { ...asked, scope }, path);
      assert.deepEqual(changed, {
        [path]: text.replace('session.query(User).get(1)', 'session.get(User, 1)'),
      });
    }
    const { problems } = applyScaffold(texts, 'convert', { ...asked, scope: 'workspace' }, path);
    assert.match(problems.join(), /There is nothing to convert/);
  }
});
