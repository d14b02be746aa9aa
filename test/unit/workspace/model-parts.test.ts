/** Which files are parsed so that mapped classes are understood, although they name no library of ours. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { workspaceOf } from '../../workspace.ts';

async function parsed(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { project } = await workspaceOf(files);
  return [...project.files.keys()].map(path => path.replace('/project/', ''));
}

const base = 'from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): ...\n';

test('base classes, what these inherit from, and enums, also through a package that re-exports them', async () => {
  const files = {
    'app/__init__.py': '',
    'app/base.py': base,
    'app/kinds/__init__.py': 'from .status import Status\n',
    'app/kinds/status.py': 'import enum\nclass Status(enum.Enum):\n    OPEN = "open"\n',
    'app/logs.py': 'from app.names import Named\nclass Logging(Named): ...\n',
    'app/names.py': 'class Named: ...\n',
    'app/other.py': 'class Other: ...\n',
    'app/models.py': `from sqlalchemy.orm import Mapped, mapped_column
from app.base import Base
from app.kinds import Status
from app.logs import Logging
from app.other import Other
class User(Base, Logging):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[Status]
    def other(self) -> Other: ...
`,
  };
  const found = await parsed(files);
  for (const path of ['app/kinds/status.py', 'app/logs.py', 'app/names.py'])
    assert.ok(found.includes(path), path);
  assert.ok(!found.includes('app/other.py'));
  const user = (await workspaceOf(files)).project.models.get('app.models.User');
  assert.equal(user?.incomplete, false);
  assert.equal(user?.attributes.find(each => each.name === 'status')?.kind, 'column');
});

test('models of a Flask extension that another module makes', async () => {
  const { project } = await workspaceOf({
    'app/__init__.py': 'from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n',
    'app/models.py':
      'from app import db\nclass User(db.Model):\n    id = db.Column(db.Integer, primary_key=True)\n',
  });
  assert.deepEqual([...project.models.keys()], ['app.models.User']);
});

test('an enum that is imported by a name above the package that it is in, or from beside a script', async () => {
  const model = (module: string) => `from sqlalchemy import Enum
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from ${module} import Status
class Base(DeclarativeBase): ...
class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    status = mapped_column(Enum(Status))
`;
  const status = 'import enum\nclass Status(enum.Enum):\n    OPEN = "open"\n';
  const { project } = await workspaceOf({
    'src/corp/shop/__init__.py': '',
    'src/corp/shop/models.py': model('corp.shop.kinds'),
    'src/corp/shop/kinds.py': status,
    'scripts/load/tables.py': model('kinds'),
    'scripts/load/kinds.py': status,
    'scripts/other/kinds.py': 'class Status: ...\n',
  });
  const enums = [...project.models.values()].map(({ requires }) => requires?.enums);
  assert.deepEqual(enums, [
    [{ name: 'status', schema: null, values: ['OPEN'] }],
    [{ name: 'status', schema: null, values: ['OPEN'] }],
  ]);
  assert.ok(!project.files.has('/project/scripts/other/kinds.py'));
});

test('modules whose constants are used, and those that these are made of', async () => {
  const found = await parsed({
    'app/__init__.py': '',
    'app/names.py': 'USERS = "users"\n',
    'app/queries.py': 'from app.names import USERS\nALL = f"SELECT id FROM {USERS}"\n',
    'app/sums.py': 'class Sums:\n    TOTAL = "SELECT 1"\n',
    'app/tools.py': 'def slug(): ...\n',
    'app/store.py': `from sqlalchemy import text
from app import queries
from app.sums import Sums
from app.tools import slug
every = text(queries.ALL)
total = text(Sums.TOTAL)
`,
  });
  assert.deepEqual([...found].sort(), [
    'app/__init__.py',
    'app/names.py',
    'app/queries.py',
    'app/store.py',
    'app/sums.py',
  ]);
});
