/** New Model: questions, checks of answers as they are typed, problems, and the files of projects with habits of their own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelScaffold } from '../../../src/scaffold/model/model-scaffold.ts';
import type { Answers } from '../../../src/scaffold/scaffold.ts';
import { applyScaffold, factsOf, type Texts } from '../../scaffold/apply-scaffold.ts';

const imports =
  'from sqlalchemy import String\nfrom sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n';
const project: Texts = {
  'app/__init__.py': '',
  'app/base.py': `${imports}\n\nclass Base(DeclarativeBase): ...\n`,
  'app/models/__init__.py': 'from app.models.user import User  # noqa: F401\n',
  'app/models/user.py': `${imports}\nfrom app.base import Base\n\n\nclass User(Base):\n    __tablename__ = "users"\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n    name: Mapped[str]\n\n    def greet(self) -> str:\n        return self.name\n`,
};

function check(path: string, value: string): string | null {
  return modelScaffold.check(factsOf(project), { path: path.split('.'), value, answers: {} });
}

function problemsOf(answers: Answers): readonly string[] {
  const { problems, changed } = applyScaffold(project, 'model', answers);
  assert.deepEqual(Object.keys(changed), [], 'nothing is written');
  return problems;
}

test('names of models', () => {
  assert.equal(check('name', 'Order'), null);
  assert.match(check('name', 'order_item') ?? '', /Use OrderItem\./);
  assert.match(check('name', 'None') ?? '', /keyword/);
  assert.match(check('name', 'Warning') ?? '', /built into Python/);
  assert.match(check('name', 'User') ?? '', /already a model User, in app\.models\.user/);
  assert.match(check('name', 'Base') ?? '', /inherit from/);
  assert.match(check('name', 'Text') ?? '', /TextEntry/);
});

test('names of tables and columns', () => {
  assert.equal(check('table', 'orders'), null);
  assert.match(check('table', 'user') ?? '', /reserved word of PostgreSQL/);
  assert.match(check('table', 'users') ?? '', /belongs to User/);
  assert.match(check('table', 'Orders') ?? '', /Use orders\./);
  assert.equal(check('columns.name', 'unit_price'), null);
  for (const name of [
    'class',
    'metadata',
    'registry',
    'order',
    'unitPrice',
    'int',
    'relationship',
    '1st',
    'a'.repeat(64),
  ]) {
    assert.notEqual(check('columns.name', name), null, name);
  }
});

test('lengths, digits and values', () => {
  assert.deepEqual(
    ['255', '1'].map(value => check('columns.length', value)),
    [null, null],
  );
  for (const value of ['0', '-1', 'x', '1.5', '99999999'])
    assert.notEqual(check('columns.length', value), null, value);
  assert.deepEqual(
    ['12, 2', '12 2', '5,0'].map(value => check('columns.precision', value)),
    [null, null, null],
  );
  for (const value of ['12', '2, 12', '0, 0', 'a, b'])
    assert.notEqual(check('columns.precision', value), null, value);
  assert.equal(check('columns.values', 'new, in transit, on-hold'), null);
  for (const value of ['', ' , ', '1st', 'a, a', 'a b, a-b', "it's"])
    assert.notEqual(check('columns.values', value), null, value);
});

test('the project’s habits are the defaults', () => {
  const questions = modelScaffold.questions(factsOf(project), null);
  assert.deepEqual(
    questions.map(question => question.id),
    ['name', 'table', 'key', 'mixins', 'columns'],
  );
  const key = questions.find(question => question.id === 'key');
  assert.equal(key?.kind === 'pick' ? key.initial : null, 'integer');
});

test('problems name the column, and nothing is written', () => {
  const column = (more: Answers): Answers => ({
    name: 'Order',
    columns: [{ name: 'a', type: 'integer', ...more }],
  });
  assert.match(problemsOf(column({ name: 'metadata' })).join(), /^Column metadata: /);
  assert.match(problemsOf(column({ type: 'money' })).join(), /no type money/);
  assert.match(problemsOf(column({ name: 'id' })).join(), /comes from the primary key already/);
  assert.match(problemsOf(column({ type: 'foreign-key', target: 'Nobody' })).join(), /no model Nobody/);
  assert.match(
    problemsOf(column({ type: 'foreign-key', target: 'User', onDelete: 'SET NULL' })).join(),
    /Make it nullable/,
  );
  assert.match(
    problemsOf({
      name: 'Order',
      columns: [
        { name: 'a', type: 'text' },
        { name: 'a', type: 'text' },
      ],
    }).join(),
    /there twice/,
  );
  assert.match(problemsOf({}).join(), /class name begins with a capital letter/);
  assert.match(
    problemsOf({
      name: 'Order',
      columns: [
        { name: 'name_id', type: 'foreign-key', target: 'User', relationship: true },
        { name: 'name', type: 'text' },
      ],
    }).join(),
    /would be called name/,
  );
});

test('a file that is there takes the model at its end', () => {
  const there = { ...project, 'app/models/order.py': 'STATES = ("open", "paid")\n' };
  const { problems, changed } = applyScaffold(there, 'model', { name: 'Order' });
  assert.deepEqual(problems, []);
  assert.match(changed['app/models/order.py'] ?? '', /STATES = \("open", "paid"\)\n\n\nclass Order\(Base\):/);
});

test('a registry that silences the linter does so again', () => {
  const { changed } = applyScaffold(project, 'model', { name: 'Order' });
  assert.equal(
    changed['app/models/__init__.py'],
    'from app.models.order import Order  # noqa: F401\nfrom app.models.user import User  # noqa: F401\n',
  );
});

test('a registry that exports by alias does so again', () => {
  const texts = { ...project, 'app/models/__init__.py': 'from .user import User as User\n' };
  const { changed } = applyScaffold(texts, 'model', { name: 'Order' });
  assert.equal(
    changed['app/models/__init__.py'],
    'from .order import Order as Order\nfrom .user import User as User\n',
  );
});

test('a package without a list of models gets one', () => {
  const { changed } = applyScaffold({ ...project, 'app/models/__init__.py': '' }, 'model', { name: 'Order' });
  assert.equal(
    changed['app/models/__init__.py'],
    'from app.models.order import Order\n\n__all__ = ["Order"]\n',
  );
});

test('the other side goes before the methods, and its imports into place', () => {
  const { changed } = applyScaffold(project, 'model', {
    name: 'Order',
    columns: [{ name: 'user_id', type: 'foreign-key', target: 'User', relationship: true }],
  });
  assert.equal(
    changed['app/models/user.py'],
    `from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from app.base import Base

if TYPE_CHECKING:
    from app.models.order import Order


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

    orders: Mapped[list["Order"]] = relationship(
        back_populates="user", passive_deletes="all"
    )

    def greet(self) -> str:
        return self.name
`,
  );
});

test('a file keeps its line ends', () => {
  const texts = {
    ...project,
    'app/models/user.py': project['app/models/user.py']?.replaceAll('\n', '\r\n') ?? '',
  };
  const { changed } = applyScaffold(texts, 'model', {
    name: 'Order',
    columns: [{ name: 'user_id', type: 'foreign-key', target: 'User', relationship: true }],
  });
  assert.doesNotMatch(changed['app/models/user.py'] ?? '', /[^\r]\n|\r[^\n]/);
});

const heroes = `from sqlmodel import Field, SQLModel


class Entity(SQLModel):
    id: int | None = Field(default=None, primary_key=True)


class Hero(Entity, table=True):
    __tablename__ = "heroes"  # type: ignore[assignment]

    name: str


class Team(Entity, table=True):
    __tablename__ = "teams"  # type: ignore[assignment]

    name: str
`;

test('a SQLModel project keeps its base, its names of tables and what stands behind them', () => {
  const answers = { name: 'Mission', columns: [{ name: 'title', type: 'string', length: '40' }] };
  const { changed } = applyScaffold({ 'app/models.py': heroes }, 'model', answers);
  assert.ok(
    changed['app/models.py']?.endsWith(`


class Mission(Entity, table=True):
    __tablename__ = "missions"  # type: ignore[assignment]

    title: str = Field(max_length=40)
`),
    changed['app/models.py'],
  );
});

test('a second foreign key of SQLModel names itself beside what its relationships say already', () => {
  const models = `from sqlmodel import Field, Relationship, SQLModel


class Team(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    heroes: list["Hero"] = Relationship(back_populates="team", sa_relationship_kwargs={"lazy": "selectin"})


class Hero(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id")
    team: Team = Relationship(back_populates="heroes")
`;
  const answers = { model: 'Hero', kind: 'many-to-one', target: 'Team', name: 'guest' };
  const { changed, problems } = applyScaffold({ 'app/models.py': models }, 'relationship', answers);
  assert.deepEqual(problems, []);
  const text = changed['app/models.py'] ?? '';
  assert.match(text, /sa_relationship_kwargs=\{"foreign_keys": "Hero.team_id", "lazy": "selectin"\}/);
  assert.match(
    text,
    /team: Team = Relationship\(\n {8}back_populates="heroes", sa_relationship_kwargs=\{"foreign_keys": "Hero.team_id"\}/,
  );
});

test('a column whose name without _id is a keyword gives its relationship another one', () => {
  const columns = [{ name: 'from_id', type: 'foreign-key', target: 'Hero', relationship: true }];
  const { changed } = applyScaffold({ 'app/models.py': heroes }, 'model', { name: 'Trip', columns });
  assert.match(changed['app/models.py'] ?? '', /from_hero: Hero = Relationship/);
});

test('half-typed code is no reason to fail', () => {
  const { problems, changed } = applyScaffold(
    { ...project, 'app/other.py': `${imports}class X(Base:\n    y: Mapped[` },
    'model',
    { name: 'Order' },
  );
  assert.deepEqual(problems, []);
  assert.ok(changed['app/models/order.py']);
});

test('a file that uses a name for something else keeps it', () => {
  const texts = {
    'app/__init__.py': '',
    'app/models.py': `from enum import Enum\n${imports}\n\nclass Base(DeclarativeBase): ...\n\n\nclass User(Base):\n    __tablename__ = "users"\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n`,
  };
  const { changed } = applyScaffold(texts, 'model', {
    name: 'Order',
    columns: [{ name: 'state', type: 'enum', values: 'a' }],
  });
  const text = changed['app/models.py'] ?? '';
  assert.match(
    text,
    /from sqlalchemy import Enum as SqlEnum\nfrom sqlalchemy import String|from sqlalchemy import Enum as SqlEnum, String/,
  );
  assert.match(text, /class OrderState\(enum\.Enum\)/);
  assert.match(text, /SqlEnum\(OrderState/);
});

test('a file that is there names things as it imports them', () => {
  const models = `import datetime
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"

    id: Mapped[uuid.UUID] = mapped_column(sa.Uuid, primary_key=True)
`;
  const { changed, problems } = applyScaffold({ 'app/__init__.py': '', 'app/models.py': models }, 'model', {
    name: 'Note',
    key: 'integer',
    columns: [
      { name: 'day', type: 'date' },
      { name: 'at', type: 'timestamp' },
      { name: 'code', type: 'string', length: '9' },
      { name: 'user_id', type: 'foreign-key', target: 'User' },
    ],
  });
  assert.deepEqual(problems, []);
  const text = changed['app/models.py'] ?? '';
  assert.equal(text.split('class Base')[0], models.split('class Base')[0]);
  assert.match(text, /day: Mapped\[datetime\.date\]\n/);
  assert.match(text, /at: Mapped\[datetime\.datetime\] = mapped_column\(sa\.DateTime\(timezone=True\)\)/);
  assert.match(text, /code: Mapped\[str\] = mapped_column\(sa\.String\(9\)\)/);
  assert.match(
    text,
    /user_id: Mapped\[uuid\.UUID\] = mapped_column\(sa\.ForeignKey\("users\.id"\), index=True\)/,
  );
});

test('names of models that all end alike', () => {
  const model = (name: string, table: string): string =>
    `class ${name}(Base):\n    __tablename__ = "${table}"\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n`;
  const models = `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\n\nclass Base(DeclarativeBase): ...\n\n\n${[
    model('UserModel', 'users'),
    model('TeamModel', 'teams'),
    model('GameModel', 'games'),
  ].join('\n\n')}`;
  const { changed } = applyScaffold({ 'app/__init__.py': '', 'app/models.py': models }, 'model', {
    name: 'NoteModel',
    columns: [{ name: 'user_id', type: 'foreign-key', target: 'UserModel', relationship: true }],
  });
  const text = changed['app/models.py'] ?? '';
  assert.match(text, /class NoteModel\(Base\):\n(.*\n)? *__tablename__ = "notes"/);
  assert.match(text, /notes: Mapped\[list\["NoteModel"\]\] = relationship\(\s*back_populates="user"/);
});

test('a namespace package that the neighbours name is named', () => {
  const below = (path: string): string => `company/shop/${path}`;
  const head = `${imports}\nfrom company.shop.db.base import Base\n`;
  const { changed, problems } = applyScaffold(
    {
      [below('__init__.py')]: '',
      [below('db/__init__.py')]: '',
      [below('db/base.py')]: `${imports}\n\nclass Base(DeclarativeBase): ...\n`,
      [below('models/__init__.py')]: '',
      [below('models/user.py')]:
        `${head}\n\nclass User(Base):\n    __tablename__ = "users"\n    id: Mapped[int] = mapped_column(primary_key=True)\n`,
    },
    'model',
    {
      name: 'Note',
      columns: [{ name: 'user_id', type: 'foreign-key', target: 'User', relationship: true }],
    },
  );
  assert.deepEqual(problems, []);
  const text = changed[below('models/note.py')] ?? '';
  assert.match(text, /^from company\.shop\.db\.base import Base$/m);
  assert.match(text, /^ {4}from company\.shop\.models\.user import User$/m);
});
