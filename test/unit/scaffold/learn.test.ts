/** What is learned from projects of different habits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownCodeBelow } from '../../../src/scaffold/learn/own-classes.ts';
import type { ProjectFacts } from '../../../src/scaffold/project-facts.ts';
import { applyScaffold, factsOf, type Texts } from '../../scaffold/apply-scaffold.ts';

const imports = 'from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_base, mapped_column\n';
const base = `${imports}class Base(DeclarativeBase): ...\n`;

function modelText(
  name: string,
  table: string,
  key = 'id: Mapped[int] = mapped_column(primary_key=True)',
): string {
  return `class ${name}(Base):\n    __tablename__ = "${table}"\n    ${key}\n`;
}

function styleOf(pyproject: string, more: Texts = {}): ProjectFacts['style'] {
  return factsOf({ 'pyproject.toml': pyproject, ...more }).style;
}

test('style from ruff, Black and requires-python', () => {
  assert.deepEqual(styleOf(''), { lineLength: 88, quote: '"', python: 310 });
  assert.deepEqual(
    styleOf(
      '[project]\nrequires-python = ">=3.12,<4"\n[tool.ruff]\nline-length = 120\n[tool.ruff.format]\nquote-style = "single"',
    ),
    { lineLength: 120, quote: "'", python: 312 },
  );
  assert.equal(styleOf('[tool.black]\nline-length = 100').lineLength, 100);
  assert.equal(styleOf('[tool.ruff]\nline-length = 70', { 'ruff.toml': 'line-length = 90' }).lineLength, 90);
  assert.equal(styleOf('[tool.ruff\nbroken').lineLength, 88);
});

test('quotes from the models where no setting tells', () => {
  assert.equal(
    styleOf('', {
      'app/models.py': `${base}class A(Base):\n    __tablename__ = 'a'\n    id: Mapped[int] = mapped_column('a_id', primary_key=True)\n`,
    }).quote,
    "'",
  );
});

test('sync or async', () => {
  assert.equal(
    factsOf({
      'app/db.py':
        'from sqlalchemy.ext.asyncio import create_async_engine\nengine = create_async_engine("postgresql+asyncpg://h/d")\n',
    }).concurrency,
    'async',
  );
  assert.equal(
    factsOf({
      'app/db.py': 'from sqlalchemy import create_engine\nengine = create_engine("postgresql://h/d")\n',
    }).concurrency,
    'sync',
  );
  assert.equal(factsOf({ 'pyproject.toml': '[project]\ndependencies = ["asyncpg"]' }).concurrency, 'async');
});

test('the base is found before there is a model', () => {
  const facts = factsOf({ 'app/__init__.py': '', 'app/db.py': base });
  assert.deepEqual([facts.base?.module, facts.base?.expression, facts.models.length], ['app.db', 'Base', 0]);
});

test('declarative_base() and Flask-SQLAlchemy', () => {
  const older = factsOf({
    'app/models.py': `${imports}Base = declarative_base()\n${modelText('User', 'users')}`,
  });
  assert.deepEqual(
    [older.base?.module, older.base?.expression, older.base?.isClass],
    ['app.models', 'Base', false],
  );
  const flask = factsOf({
    'app/extensions.py': 'from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n',
    'app/models.py':
      'from sqlalchemy.orm import Mapped, mapped_column\nfrom app.extensions import db\nclass User(db.Model):\n    id: Mapped[int] = mapped_column(primary_key=True)\n',
  });
  assert.deepEqual([flask.base?.module, flask.base?.expression], ['app.extensions', 'db.Model']);
});

test('tables in the singular or the plural', () => {
  const tables = (...names: readonly string[]): boolean =>
    factsOf({
      'app/models.py':
        base + names.map((name, index) => modelText(['Order', 'User', 'Box'][index] ?? '', name)).join(''),
    }).habits.pluralTables;
  assert.equal(tables('orders', 'users', 'box'), true);
  assert.equal(tables('order', 'user', 'boxes'), false);
  assert.equal(tables('shop_orders', 'shop_users'), true);
});

test('one file for all models, or a file for each', () => {
  const one = factsOf({ 'app/models.py': base + modelText('A', 'a') + modelText('B', 'b') });
  assert.deepEqual(
    one.places.map(place => [place.kind, place.path]),
    [['file', '/project/app/models.py']],
  );
  const each = factsOf({
    'app/base.py': base,
    'app/models/users.py': `from app.base import Base\n${imports}${modelText('User', 'users')}`,
    'app/models/orders.py': `from app.base import Base\n${imports}${modelText('Order', 'orders')}`,
  });
  assert.deepEqual(each.places, [
    { kind: 'folder', path: '/project/app/models', module: 'app.models', pluralFiles: true, prefix: '' },
  ]);
});

test('the file that lists every model', () => {
  const models = {
    'app/base_class.py': base,
    'app/models/user.py': `from app.base_class import Base\n${imports}${modelText('User', 'user')}`,
    'app/models/item.py': `from app.base_class import Base\n${imports}${modelText('Item', 'item')}`,
  };
  const listing =
    'from app.base_class import Base  # noqa: F401\nfrom app.models.item import Item  # noqa: F401\nfrom app.models.user import User  # noqa: F401\n';
  assert.equal(factsOf({ ...models, 'app/db/base.py': listing }).registry, '/project/app/db/base.py');
  assert.equal(factsOf({ ...models, 'app/service.py': `${listing}\ndef f(): ...\n` }).registry, null);
});

test('models of tests and migrations are not the project’s', () => {
  const facts = factsOf({
    'tests/models.py': base + modelText('Fake', 'fake'),
    'app/models.py': base + modelText('User', 'users'),
  });
  assert.deepEqual(
    facts.models.map(model => model.name),
    ['User'],
  );
});

test('mixins with their keys and their use', () => {
  const text = `${base}class Keyed:\n    """A key."""\n    id: Mapped[int] = mapped_column(primary_key=True)\n\nclass User(Keyed, Base):\n    __tablename__ = "users"\n`;
  const facts = factsOf({ 'app/models.py': text });
  assert.deepEqual(facts.mixins, [
    {
      name: 'Keyed',
      module: 'app.models',
      attributes: ['id'],
      hasKey: true,
      leadsToBase: false,
      uses: 1,
      summary: 'A key.',
    },
  ]);
  assert.equal(facts.usualKey, 'mixin:app.models.Keyed');
});

test('a generic repository, and how its children name their model', () => {
  const facts = factsOf({
    'app/models.py': base + modelText('User', 'users'),
    'app/repositories/base.py':
      'from typing import Generic, TypeVar\nfrom sqlalchemy.ext.asyncio import AsyncSession\nT = TypeVar("T")\nclass BaseRepository(Generic[T]):\n    def __init__(self, session, model): ...\n    async def get(self): ...\n',
    'app/repositories/user.py':
      'from app.models import User\nfrom app.repositories.base import BaseRepository\nfrom sqlalchemy import select\nclass UserRepository(BaseRepository[User]): ...\n',
  });
  assert.deepEqual(
    facts.repositories.known.map(({ methods, parameters, ...each }) => ({
      ...each,
      parameters: parameters.map(parameter => parameter.name),
      methods: methods.map(method => method.name),
    })),
    [
      {
        name: 'UserRepository',
        module: 'app.repositories.user',
        model: 'User',
        concurrency: 'async',
        parameters: ['session', 'model'],
        methods: ['get'],
        rowTypes: ['User', 'T'],
      },
    ],
  );
  assert.deepEqual(facts.repositories.layout, {
    kind: 'folder',
    path: '/project/app/repositories',
    module: 'app.repositories',
    pluralFiles: false,
  });
  assert.deepEqual(facts.repositories.base, {
    name: 'BaseRepository',
    module: 'app.repositories.base',
    concurrency: 'async',
    typeArguments: 1,
    takesModel: true,
    modelAttribute: null,
    parameters: ['session', 'model'],
    hasCriteria: false,
  });
});

test('the primary key that most models declare', () => {
  const text = `import uuid\nfrom typing import Any\nfrom app.types import GUID\n${base}`;
  const key =
    'id: Mapped[GUID] = mapped_column(\n        GUID("x"), primary_key=True, default=uuid.uuid4\n    )';
  const facts = factsOf({ 'app/models.py': text + modelText('A', 'a', key) + modelText('B', 'b', key) });
  assert.equal(facts.usualKey, 'usual');
  assert.deepEqual(facts.keySample, {
    annotation: 'GUID',
    arguments: ['GUID("x")', 'primary_key=True', 'default=uuid.uuid4'],
    imports: [
      { kind: 'name', module: 'app.types', name: 'GUID' },
      { kind: 'module', module: 'uuid' },
    ],
  });
  assert.equal(factsOf({ 'app/models.py': base + modelText('A', 'a') }).keySample, null);
});

test('a repository base that wants more than the model is left alone', () => {
  const facts = factsOf({
    'app/crud.py':
      'from typing import Generic, TypeVar\nfrom sqlalchemy.orm import Session\nM = TypeVar("M")\nCreateSchema = TypeVar("CreateSchema")\nclass BaseRepository(Generic[M, CreateSchema]): ...\n',
  });
  assert.equal(facts.repositories.base?.takesModel, false);
});

test('a project below a folder of tests is its own code, its tests are not', () => {
  const isOwnCode = ownCodeBelow(['/home/tests/shop']);
  assert.deepEqual(
    ['app/models.py', 'tests/factories.py', 'migrations/env.py', 'app/conftest.py'].map(path =>
      isOwnCode(`/home/tests/shop/${path}`),
    ),
    [true, false, false, false],
  );
});

test('a mixin whose own root is called BaseModel', () => {
  const facts = factsOf({
    'app/base.py': base,
    'app/generics.py':
      'import uuid\nfrom sqlalchemy.orm import Mapped, mapped_column\nclass BaseModel: ...\nclass UUIDModel(BaseModel):\n    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)\n',
    'app/models.py':
      'from app.base import Base\nfrom app.generics import UUIDModel\nclass User(UUIDModel, Base):\n    __tablename__ = "users"\n',
  });
  assert.equal(facts.usualKey, 'mixin:app.generics.UUIDModel');
});

test('files that all begin with an underscore', () => {
  const model = (name: string, table: string): string =>
    `from sqlalchemy.orm import Mapped, mapped_column\nfrom app.base import Base\n${modelText(name, table)}`;
  const facts = factsOf({
    'app/base.py': base,
    'app/models/_user.py': model('User', 'users'),
    'app/models/_team.py': model('Team', 'teams'),
  });
  assert.deepEqual(facts.places, [
    {
      kind: 'folder',
      path: '/project/app/models',
      module: 'app.models',
      pluralFiles: false,
      prefix: '_',
    },
  ]);
});

test('a base of a package is no place of the project', () => {
  const facts = factsOf({
    'app/__init__.py': '',
    'app/db/models/user.py':
      'from advanced_alchemy.base import UUIDBase\nfrom sqlalchemy.orm import Mapped\nclass User(UUIDBase):\n    __tablename__ = "users"\n    name: Mapped[str]\n',
  });
  assert.equal(facts.database.place.path, '/project/app/db');
  assert.equal(facts.ownPackages.has('advanced_alchemy'), false);
});

const made = 'from sqlalchemy import create_engine\nfrom sqlalchemy.orm import sessionmaker\n';

test('engines that a function of the project makes, alone or with the session factory', () => {
  const alone = `${made}def make(url):\n    return create_engine(url)\nengine = make("postgresql://x")\nSession = sessionmaker(engine)\n`;
  const both = `${made}def make(url):\n    engine = create_engine(url)\n    Session = sessionmaker(engine)\n    return Session, engine\nLocal, main_engine = make("postgresql://x")\n`;
  const named = (text: string) => {
    const { engines, factories } = factsOf({ 'app/db.py': text }).database;
    return [engines.map(each => each.name), factories.map(each => each.name)];
  };
  assert.deepEqual(named(alone), [['engine'], ['Session']]);
  assert.deepEqual(named(both), [['main_engine'], ['Local']]);
  // What it gives is not known.
  assert.deepEqual(named(alone.replace('return create_engine(url)', 'create_engine(url)')), [
    [],
    ['Session'],
  ]);
});

test('objects that keep an engine, and the functions that give them', () => {
  const keeper = `${made}class Database:\n    def __init__(self, url):\n        self.engine = create_engine(url)\n        self.sessions = sessionmaker(self.engine)\n\ndef connect() -> Database:\n    return Database("postgresql://x")\n`;
  const asked = 'def get_database(request: Request) -> Database:\n    return request.app.state.database\n';
  const { keepers, makesEngine } = factsOf({ 'app/db.py': keeper, 'app/deps.py': asked }).database;
  assert.equal(makesEngine, true);
  assert.deepEqual(
    keepers.map(({ name, module, engine, factory, byRequest }) => [name, module, engine, factory, byRequest]),
    // One that makes a new object each time is none.
    [['get_database', 'app.deps', 'engine', 'sessions', true]],
  );
});

/** Three models in files of their own, whose classes have these bodies. */
function models(body: string, head = ''): Texts {
  return Object.fromEntries(
    ['User', 'Team', 'Note'].map(name => [
      `app/models/${name.toLowerCase()}.py`,
      `${head}${imports}from app.base import Base\nclass ${name}(Base):\n    __tablename__ = "${name.toLowerCase()}s"\n    id: Mapped[int] = mapped_column(primary_key=True)\n${body}`,
    ]),
  );
}

const withBase = (texts: Texts): ProjectFacts => factsOf({ 'app/base.py': base, ...texts });

test('Optional and List, for columns and relationships apart', () => {
  const spelled = (body: string): readonly string[] => {
    const { optionalColumns, optionalRelationships, lists } = withBase(models(body)).habits;
    return [optionalColumns, optionalRelationships, lists];
  };
  assert.deepEqual(spelled(''), ['union', 'union', 'list']);
  assert.deepEqual(spelled('    a: Mapped[Optional[int]]\n'), ['Optional', 'Optional', 'list']);
  assert.deepEqual(spelled('    a: Mapped[int | None]\n    b: Mapped[Optional["Team"]] = relationship()\n'), [
    'union',
    'Optional',
    'list',
  ]);
  assert.deepEqual(
    spelled('    a: Mapped["Team | None"] = relationship()\n    b: Mapped[List["Team"]] = relationship()\n'),
    ['union', 'union', 'List'],
  );
});

test('the comment that files begin with, and the last year of it', () => {
  const header = (...heads: readonly string[]): string =>
    factsOf(Object.fromEntries(heads.map((head, index) => [`app/m${index}.py`, `${head}import os\n`]))).files
      .header;
  assert.equal(
    header(
      '# Copyright 2021 Us\n\n',
      '# Copyright 2024 Us\n\n',
      '#!/bin/python\n# Copyright 2022 Us\n\n',
      '',
    ),
    '# Copyright 2024 Us\n\n',
  );
  assert.equal(header('# SPDX: MIT\n', '# SPDX: MIT\n', '# SPDX: MIT\n'), '# SPDX: MIT\n');
  assert.equal(header('# SPDX: MIT\n', '# SPDX: MIT\n', '', ''), '', 'two files are no habit');
  assert.equal(header('# noqa: F401\n', '# noqa: F401\n', '# noqa: F401\n'), '', 'it speaks to a tool');
  assert.equal(header('# one\n', '# two\n', '# three\n'), '');
});

test('annotations that are read later', () => {
  const future = 'from __future__ import annotations\n';
  assert.equal(withBase(models('', future)).files.defersAnnotations, true);
  assert.equal(withBase(models('')).files.defersAnnotations, false);
});

test('types of the project’s own, and how its foreign keys are written', () => {
  const head =
    'from datetime import datetime\nfrom sqlalchemy import ForeignKey\nfrom app.types import GUID, EnumText, Utc\n';
  const body = [
    'at: Mapped[datetime] = mapped_column(Utc)',
    'kind: Mapped[Kind] = mapped_column(EnumText(Kind, 40))',
    'team_id: Mapped[GUID | None] = mapped_column(GUID, ForeignKey("teams.id"))',
  ];
  const { columns } = withBase(models(body.map(line => `    ${line}\n`).join(''), head));
  const need = (name: string) => ({ kind: 'name', module: 'app.types', name });
  assert.deepEqual([columns.timestamp?.annotation, columns.timestamp?.type], ['datetime', 'Utc']);
  assert.deepEqual(columns.enumType, { name: 'EnumText', arguments: ['40'], imports: [need('EnumText')] });
  assert.deepEqual(columns.references.get('teams.id'), {
    annotation: 'GUID',
    type: 'GUID',
    imports: [need('GUID')],
  });
  const plain = withBase(
    models('    at: Mapped[datetime] = mapped_column(DateTime)\n', 'from datetime import datetime\n'),
  );
  assert.equal(plain.columns.timestamp, null, 'a new moment has a zone');
});

test('what enums inherit from', () => {
  const enums = (bases: string, head: string): unknown =>
    factsOf({
      'app/models.py': `${head}${base}class A(${bases}): ...\nclass B(${bases}): ...\nclass C(${bases}): ...\n`,
    }).enums;
  const module = { kind: 'module', module: 'enum' };
  assert.deepEqual(enums('StrEnum', 'from enum import StrEnum\n'), {
    bases: ['StrEnum'],
    imports: [{ kind: 'name', module: 'enum', name: 'StrEnum' }],
  });
  assert.deepEqual(enums('str, Enum', 'from enum import Enum\n'), {
    bases: ['str', 'enum.Enum'],
    imports: [module],
  });
  assert.deepEqual(enums('IntEnum', 'from enum import IntEnum\n'), {
    bases: ['enum.Enum'],
    imports: [module],
  });
});

test('a base that is named with its module, and behaviour that most models name', () => {
  const model = (name: string): string =>
    `class ${name}(Printed, db.Base):\n    __tablename__ = "${name}"\n    id: Mapped[int] = mapped_column(primary_key=True)\n`;
  const facts = factsOf({
    'app/__init__.py': '',
    'app/db.py': base,
    'app/models.py': `${imports}from app import db\nclass Printed:\n    def show(self): ...\n${model('A')}${model('B')}`,
  });
  assert.deepEqual(facts.base?.written, { name: 'db', module: 'app', expression: 'db.Base' });
  assert.deepEqual(
    facts.mixins.map(({ name, uses }) => [name, uses]),
    [['Printed', 2]],
  );
});

test('the line length that code keeps where no setting tells', () => {
  const lines = (length: number): string => `${`x = "${'a'.repeat(length - 6)}"\n`.repeat(600)}`;
  assert.equal(withBase(models(lines(112).replaceAll(/^/gm, '    '))).style.lineLength, 119);
  assert.equal(withBase(models(lines(60).replaceAll(/^/gm, '    '))).style.lineLength, 88);
});

test('places of the usual base come before those of another', () => {
  const kept = (folder: string, names: readonly string[]): Texts =>
    Object.fromEntries(
      names.map(name => [
        `${folder}/${name.toLowerCase()}.py`,
        `${imports}from ${folder.split('/')[0]}.base import Base\n${modelText(name, `${folder}_${name}`)}`,
      ]),
    );
  const { places } = factsOf({
    'billing/__init__.py': '',
    'billing/base.py': base,
    ...kept('billing/models', ['Bill', 'Fee']),
    'shop/__init__.py': '',
    'shop/base.py': base,
    ...kept('shop/a', ['User']),
    ...kept('shop/b', ['Item']),
    ...kept('shop/c', ['Tag']),
  });
  assert.deepEqual(
    places.map(({ path }) => path.replace('/project/', '')),
    ['shop/a', 'shop/b', 'shop/c', 'billing/models'],
  );
});

test('nullable is said where the other columns say it', () => {
  const added = (written: string, nullable: boolean): string => {
    const columns = ['a', 'b', 'c'].map(name => `    ${name}: ${written}\n`).join('');
    const texts = { 'app/models.py': `${base}${modelText('User', 'users')}${columns}` };
    const answers = { model: 'User', name: 'note', type: 'text', nullable };
    return /note: .*/.exec(applyScaffold(texts, 'column', answers).changed['app/models.py'] ?? '')?.[0] ?? '';
  };
  const optional = 'Mapped[int | None] = mapped_column(nullable=True)';
  assert.equal(added(optional, true), 'note: Mapped[str | None] = mapped_column(Text, nullable=True)');
  assert.equal(added(optional, false), 'note: Mapped[str] = mapped_column(Text)');
  const required = 'Mapped[int] = mapped_column(nullable=False)';
  assert.equal(added(required, false), 'note: Mapped[str] = mapped_column(Text, nullable=False)');
  assert.equal(
    added('Mapped[int | None] = mapped_column(index=True)', true),
    'note: Mapped[str | None] = mapped_column(Text)',
  );
});
