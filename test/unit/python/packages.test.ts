/** Which packages and versions a project has, from each kind of file that says so. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PackageFacts } from '../../../src/python/packages/packages.ts';
import { readPackages } from '../../../src/python/packages/read-packages.ts';
import { isAtLeast, type PackageVersion } from '../../../src/python/packages/version.ts';

/** What counts for `app/main.py`, or for another file below the root. */
function packagesOf(files: Readonly<Record<string, string>>, path = 'app/main.py'): PackageFacts {
  const paths = Object.keys(files).map(each => `/project/${each}`);
  return readPackages(paths, each => files[each.replace('/project/', '')]).of(`/project/${path}`);
}

function show(version: PackageVersion): string {
  if (version.kind === 'unknown') return 'unknown';
  if (version.kind === 'exact') return version.release.join('.');
  const { lower, upper } = version;
  return [
    lower ? `>${lower.inclusive ? '=' : ''}${lower.release.join('.')}` : '',
    upper ? `<${upper.inclusive ? '=' : ''}${upper.release.join('.')}` : '',
  ].join(' ');
}

const pyproject = `
[project]
requires-python = ">=3.11"
dependencies = ["SQLAlchemy[asyncio]>=2.0,<2.1", "psycopg[binary,pool]~=3.2.1", "alembic"]

[project.optional-dependencies]
test = ["aiosqlite==0.20.0"]
`;

describe('one file', () => {
  const cases: readonly [
    name: string,
    path: string,
    text: string,
    found: Readonly<Record<string, string>>,
  ][] = [
    [
      'setup.py',
      'setup.py',
      'requirements = ["SQLAlchemy>=1.3.0", "psycopg2"]\nsetup(name="shop", version="1.0", install_requires=requirements, extras_require={"a": ["Flask_SQLAlchemy == 3.1.1"]})\n',
      { sqlalchemy: '>=1.3.0 ', psycopg2: ' ', 'flask-sqlalchemy': '3.1.1', shop: 'unknown' },
    ],
    [
      'setup.cfg',
      'setup.cfg',
      '[options]\npackages = find:\ninstall_requires =\n    SQLAlchemy>=1.4,<2\n    # drivers\n    psycopg2\n\n[options.extras_require]\ntest = pytest\n',
      { sqlalchemy: '>=1.4 <2', psycopg2: ' ', pytest: 'unknown' },
    ],
    [
      'Flask-SQLAlchemy 2, which SQLAlchemy 2.0 does not load',
      'requirements.txt',
      'Flask-SQLAlchemy==2.5.1\nSQLAlchemy>=1.3\n',
      { sqlalchemy: '>=1.3 <2' },
    ],
    [
      'pyproject.toml of PEP 621',
      'pyproject.toml',
      pyproject,
      {
        sqlalchemy: '>=2.0 <2.1',
        psycopg: '>=3.2.1 <3.3',
        alembic: ' ',
        aiosqlite: '0.20.0',
        python: '>=3.11 ',
        asyncpg: 'unknown',
      },
    ],
    [
      'pyproject.toml of Poetry',
      'pyproject.toml',
      '[tool.poetry.dependencies]\npython = "^3.11"\nsqlalchemy = {version = "^2.0.1", extras = ["asyncio"]}\nalembic = "~1.13"\ngreenlet = "*"\n[tool.poetry.group.dev.dependencies]\nasyncpg = "0.30.0"\n',
      {
        python: '>=3.11 <4',
        sqlalchemy: '>=2.0.1 <3',
        alembic: '>=1.13 <1.14',
        greenlet: ' ',
        asyncpg: '0.30.0',
      },
    ],
    [
      'dependency groups',
      'pyproject.toml',
      '[dependency-groups]\ndev = ["sqlmodel==0.0.*", {include-group = "test"}]\n',
      { sqlmodel: '>=0.0 <0.1' },
    ],
    [
      'uv.lock',
      'uv.lock',
      'version = 1\nrequires-python = ">=3.12, <4"\n\n[[package]]\nname = "sqlalchemy"\nversion = "2.1.0b1"\nsource = { registry = "x" }\n',
      { sqlalchemy: '2.1.0', python: '>=3.12 <4' },
    ],
    [
      'a lock with a version for each platform',
      'uv.lock',
      '[[package]]\nname = "greenlet"\nversion = "3.1.0"\n\n[[package]]\nname = "greenlet"\nversion = "3.2.4"\n',
      { greenlet: '>=3.1.0 <=3.2.4' },
    ],
    [
      'poetry.lock',
      'poetry.lock',
      '[[package]]\nname = "Flask-SQLAlchemy"\nversion = "3.1.1"\n',
      { flask_sqlalchemy: '3.1.1' },
    ],
    [
      'pylock.toml',
      'pylock.toml',
      '[[packages]]\nname = "asyncpg"\nversion = "0.30.0"\n',
      { asyncpg: '0.30.0' },
    ],
    [
      'Pipfile',
      'Pipfile',
      '[packages]\nsqlalchemy = {version = "~=2.0", extras = ["asyncio"]}\nasyncpg = "*"\npsycopg = "==3.2.1"\n[dev-packages]\npytest = ">=8"\n[requires]\npython_version = "3.11"\n',
      { sqlalchemy: '>=2.0 <3', asyncpg: ' ', psycopg: '3.2.1', pytest: '>=8 ', python: '>=3.11 <3.12' },
    ],
    [
      'Pipfile.lock',
      'Pipfile.lock',
      '{"default": {"sqlalchemy": {"version": "==2.0.41", "extras": ["asyncio"]}}, "develop": {}}',
      { sqlalchemy: '2.0.41' },
    ],
    [
      'requirements.txt',
      'requirements.txt',
      '# pinned\n-r base.txt\nSQLAlchemy==2.0.41 \\\n    --hash=sha256:aa\nasyncpg>=0.29 ; python_version < "3.14"  # driver\n-e .\ngit+https://example.org/x.git\npsycopg2-binary\n',
      { sqlalchemy: '2.0.41', asyncpg: '>=0.29 ', psycopg2_binary: ' ' },
    ],
    ['a folder of requirements', 'requirements/base.txt', 'alembic<2,!=1.5', { alembic: ' <2' }],
    [
      'a folder in a folder of requirements',
      'requirements/python3/requirements.txt',
      'sqlalchemy==1.3.3',
      { sqlalchemy: '1.3.3' },
    ],
    ['any file of it', 'requirements/prod/base.txt', 'sqlalchemy==1.3.3', { sqlalchemy: '1.3.3' }],
    [
      'an installed package',
      '.venv/lib/python3.12/site-packages/SQLAlchemy-2.0.41.dist-info/WHEEL',
      'Wheel-Version: 1.0',
      { sqlalchemy: '2.0.41' },
    ],
    [
      'a virtual environment',
      '.venv/pyvenv.cfg',
      'home = /usr/bin\nversion = 3.12.3\n',
      { python: '3.12.3' },
    ],
    [
      'a package that was unpacked',
      'shop-3.1.dist-info/METADATA',
      'Name: shop\nRequires-Python: >=3.12\nRequires-Dist: sqlalchemy==1.4.54\nRequires-Dist: asyncpg>=0.29; extra == "fast"\n\nRequires-Dist: alembic==1.0\n',
      { sqlalchemy: '1.4.54', asyncpg: '>=0.29 ', python: '>=3.12 ', alembic: 'unknown' },
    ],
    [
      'a source distribution',
      'PKG-INFO',
      'Name: shop\r\nRequires-Dist: SQLAlchemy<2.1,>=2.0\r\n\r\nText\r\n',
      { sqlalchemy: '>=2.0 <2.1' },
    ],
    ['.python-version', '.python-version', '3.13\n', { python: '>=3.13 <3.14' }],
    ['a broken file', 'pyproject.toml', '[project\ndependencies = ["sqlalchemy"]', { sqlalchemy: 'unknown' }],
  ];
  for (const [name, path, text, found] of cases) {
    test(name, () => {
      const packages = packagesOf({ [path]: text });
      const shown = Object.keys(found).map(each => [each, show(packages.versionOf(each))]);
      assert.deepEqual(Object.fromEntries(shown), found);
    });
  }
});

const lock = '[[package]]\nname = "sqlalchemy"\nversion = "2.0.41"\n';

test('what is installed beats the lock, the lock beats the requirement', () => {
  const files = { 'pyproject.toml': pyproject, 'uv.lock': lock };
  const wheel = 'venv/lib/python3.12/site-packages/sqlalchemy-2.0.43.dist-info/WHEEL';
  assert.equal(show(packagesOf(files).versionOf('sqlalchemy')), '2.0.41');
  assert.equal(show(packagesOf({ ...files, [wheel]: '' }).versionOf('sqlalchemy')), '2.0.43');
});

test('each project of a workspace has its own versions', () => {
  const files = { 'one/requirements.txt': 'sqlalchemy==2.0.1', 'two/requirements.txt': 'sqlalchemy==2.1.0' };
  assert.equal(show(packagesOf(files, 'one/app/main.py').versionOf('sqlalchemy')), '2.0.1');
  assert.equal(show(packagesOf(files, 'two/main.py').versionOf('sqlalchemy')), '2.1.0');
  assert.equal(show(packagesOf(files, 'three/main.py').versionOf('sqlalchemy')), 'unknown');
});

test('the lock file of a whole workspace counts for a member that it agrees with', () => {
  const member = (versions: string) => ({
    'uv.lock': lock,
    'one/pyproject.toml': `[project]\ndependencies = ["sqlalchemy${versions}"]`,
  });
  assert.equal(show(packagesOf(member('>=2.0'), 'one/main.py').versionOf('sqlalchemy')), '2.0.41');
  assert.equal(show(packagesOf(member('>=2.1'), 'one/main.py').versionOf('sqlalchemy')), '>=2.1 ');
});

test('a package is absent only where everything is listed', () => {
  const presence = (files: Readonly<Record<string, string>>) =>
    packagesOf(files).presenceOf('greenlet', 'sqlalchemy');
  assert.equal(presence({ 'uv.lock': lock }), 'absent');
  assert.equal(
    presence({ 'uv.lock': `${lock}\n[[package]]\nname = "greenlet"\nversion = "3.2.4"` }),
    'present',
  );
  assert.equal(presence({ 'uv.lock': '[[package]]\nname = "ruff"\nversion = "0.1.0"\n' }), 'unknown');
  assert.equal(presence({ 'pyproject.toml': pyproject }), 'unknown');
});

test('extras', () => {
  assert.deepEqual([...packagesOf({ 'pyproject.toml': pyproject }).extrasOf('sqlalchemy')], ['asyncio']);
});

test('at least', () => {
  const version = (text: string) =>
    packagesOf({ 'requirements.txt': `sqlalchemy${text}` }).versionOf('sqlalchemy');
  assert.equal(isAtLeast(version('==2.1.0'), 2, 1), true);
  assert.equal(isAtLeast(version('==2.0.41'), 2, 1), false);
  assert.equal(isAtLeast(version('>=2.1'), 2, 1), true);
  assert.equal(isAtLeast(version('>=2.0'), 2, 1), null);
  assert.equal(isAtLeast(version('>=2.0,<2.1'), 2, 1), false);
  assert.equal(isAtLeast(version('<=2.1'), 2, 1), null);
  assert.equal(isAtLeast(version('~=2.0.5'), 2, 1), false);
  assert.equal(isAtLeast(version(''), 2, 1), null);
});
