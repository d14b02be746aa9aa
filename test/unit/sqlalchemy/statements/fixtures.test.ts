/** What pytest gives a test for its parameters. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectOf } from '../../../project.ts';
import { textOf } from './sql-of.ts';

const conftest = `
import pytest
import sqlalchemy as sa

@pytest.fixture
def metadata():
    return sa.MetaData()

@pytest.fixture(scope="module")
def grid(metadata):
    yield sa.Table("grid", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String))
`;

function sqlOfTest(python: string): readonly string[] {
  const files = { 'app.py': textOf(''), 'tests/conftest.py': conftest, 'tests/unit/test_app.py': python };
  return projectOf(files)
    .factsOf('/project/tests/unit/test_app.py')
    .statements.flatMap(({ forms, unknown }) => [
      ...forms.map(form => form.sql.replaceAll(/\s+/g, ' ')),
      ...(unknown === null ? [] : [`unknown: ${unknown.reason}`]),
    ]);
}

const imports = 'import pytest\nfrom sqlalchemy import select\nfrom app import Post, User\n';

test('a fixture of a conftest above, which asks for another', () => {
  const python = `${imports}
def test_names(session, grid):
    session.execute(select(grid.c.name).where(grid.c.id == 1))
`;
  assert.deepEqual(sqlOfTest(python), ['SELECT grid.name FROM grid WHERE grid.id = $1']);
});

test('a fixture of the class, of the module, and one that begins a statement', () => {
  const python = `${imports}
@pytest.fixture
def model():
    return User

@pytest.fixture
def begun(model):
    return select(model.id)

class TestPosts:
    @pytest.fixture
    def model(self):
        return Post

    def test_ids(self, session, model):
        session.execute(select(model.id))

def test_ids(session, model, begun):
    session.execute(select(model.id))
    session.execute(begun.where(model.active))
`;
  const expected = ['users', 'posts', 'users'].map(each => `SELECT ${each}.id FROM ${each}`);
  assert.deepEqual(sqlOfTest(python), [...expected, 'SELECT users.id FROM users WHERE users.active']);
});

test('what is no test, no fixture, or has a default', () => {
  const python = `${imports}
def helper(session, grid):
    session.execute(select(grid.c.name))

def grids():
    return 1

def test_default(session, grid=None, grids=None):
    session.execute(select(grids.c.name))
`;
  assert.deepEqual(sqlOfTest(python), ['unknown: from-caller', 'unknown: from-caller']);
});

test('fixtures that a conftest imports, and an object that holds classes', () => {
  const files = {
    'app.py': `${textOf('')}
class Interface:
    @property
    def Post(self):
        return Post
`,
    'tests/__init__.py': '',
    'tests/more.py':
      'import pytest\nfrom app import Interface\n@pytest.fixture\ndef db():\n    return Interface()\n',
    'tests/other.py':
      'import pytest\nfrom app import User\n@pytest.fixture\ndef model():\n    return User\ndef column():\n    return User.id\n',
    'tests/conftest.py': 'from .more import *\nfrom .other import column, model\n',
    'tests/test_app.py': `from sqlalchemy import select
def test_ids(session, db, model, column):
    session.execute(select(db.Post.id))
    session.execute(select(model.id))
    session.execute(select(column))
`,
  };
  const { statements } = projectOf(files).factsOf('/project/tests/test_app.py');
  assert.deepEqual(
    statements.map(({ forms, unknown }) => forms[0]?.sql ?? unknown?.reason),
    // No fixture: pytest finds none of that name.
    ['SELECT posts.id\nFROM posts', 'SELECT users.id\nFROM users', 'from-caller'],
  );
});
