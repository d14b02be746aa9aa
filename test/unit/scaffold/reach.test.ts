/** How Add Retry, Add Health Check and Add Read/Write Split reach the engine, wherever a project keeps it. That they run, `test/scaffold` shows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scaffolds } from '../../../src/scaffold/scaffolds.ts';
import { applyScaffold, factsOf, type Texts } from '../../scaffold/apply-scaffold.ts';

const imports = 'from sqlalchemy import create_engine\nfrom sqlalchemy.orm import Session, sessionmaker\n';

function written(
  kind: 'retry' | 'health-check' | 'pool-telemetry' | 'read-write-split',
  texts: Texts,
): string {
  const { changed, problems } = applyScaffold(texts, kind, {});
  return [...problems, ...Object.values(changed)].join('\n');
}

test('an engine without a session factory: the check imports it, and the retry is given sessions', () => {
  const texts = { 'app/db.py': `${imports}engine = create_engine("postgresql://x")\n` };
  assert.match(written('health-check', texts), /from app\.db import engine[\s\S]*with engine\.connect\(\)/);
  assert.match(written('retry', texts), /sessions: sessionmaker\[Session\],[\s\S]*with sessions\.begin\(\)/);
  assert.match(written('pool-telemetry', texts), /^watch_pool\(engine, "engine", "app"\)$/m);
  assert.match(written('read-write-split', texts), /^primary_session_factory = sessionmaker\(engine\)$/m);
});

test('a function that gives the object that keeps them is called', () => {
  const texts = {
    'app/db.py': `${imports}class Database:\n    def __init__(self):\n        self.engine = create_engine("postgresql://x")\n        self.session_maker = sessionmaker(self.engine)\n\n_db = Database()\n\n\ndef get_db() -> Database:\n    return _db\n`,
  };
  assert.match(
    written('health-check', texts),
    /from app\.db import get_db[\s\S]*get_db\(\)\.engine\.connect\(\)/,
  );
  assert.match(written('retry', texts), /get_db\(\)\.session_maker\.begin\(\)/);
  assert.match(
    written('read-write-split', texts),
    /get_db\(\)\.session_maker if pinned else replica_sessions\(get_db\(\)\.engine\)/,
  );
});

test('an object that a package holds in its own file is imported by the name of the package', () => {
  const texts = {
    'app/__init__.py': '',
    'app/db/__init__.py': `${imports}class Database:\n    def __init__(self):\n        self.engine = create_engine("postgresql://x")\n        self.session_maker = sessionmaker(self.engine)\n`,
    'app/api/deps.py':
      'from app.db import Database\n\n_db = Database()\n\n\ndef get_db() -> Database:\n    return _db\n',
  };
  assert.match(written('health-check', texts), /from app\.api\.deps import get_db/);
});

test('an engine that is made and kept nowhere: both are given it, which is said', () => {
  const texts = {
    'app/db.py': `${imports}def run(url):\n    with Session(create_engine(url)) as session:\n        session.commit()\n`,
  };
  assert.match(written('health-check', texts), /def check_health\(engine: Engine\)/);
  assert.deepEqual(applyScaffold(texts, 'health-check', {}).notes.length, 1);
  assert.match(
    written('read-write-split', texts),
    /def read_session\(\n {4}primary: Engine, sessions: sessionmaker\[Session\]\n\)/,
  );
  assert.deepEqual(applyScaffold(texts, 'read-write-split', {}).notes, [
    'No module holds the engine: read_session and write_session are given it and its session factory by whoever calls them.',
  ]);
});

test('an engine among several names is watched behind their statement', () => {
  const texts = {
    'app/db.py': `${imports}def both():\n    engine = create_engine("postgresql://x")\n    Local = sessionmaker(engine)\n    return Local, engine\n\n\nLocal, engine = both()\n`,
  };
  assert.match(written('pool-telemetry', texts), /Local, engine = both\(\)\nwatch_pool\(engine,/);
});

test('an engine that a function returns, or an object keeps, is watched where it is made', () => {
  const maker = (body: string): Texts => ({ 'app/db.py': `${imports}${body}` });
  assert.match(
    written('pool-telemetry', maker('def get_engine():\n    return create_engine("postgresql://x")\n')),
    /def get_engine\(\):\n {4}engine = create_engine\("postgresql:\/\/x"\)\n {4}watch_pool\(engine, "engine", "app"\)\n {4}return engine\n/,
  );
  assert.match(
    written(
      'pool-telemetry',
      maker(
        'class Database:\n    def __init__(self, url):\n        self._engine = create_engine(\n            url,\n        )\n        self.url = url\n',
      ),
    ),
    /\n {8}\)\n {8}watch_pool\(self\._engine, "engine", "app"\)\n {8}self\.url = url\n/,
  );
  const { changed, notes } = applyScaffold(
    maker('def run(url):\n    with Session(create_engine(url)) as session:\n        session.commit()\n'),
    'pool-telemetry',
    {},
  );
  assert.deepEqual(Object.keys(changed), ['app/pool_telemetry.py']);
  assert.match(notes.join(), /call watch_pool with it there/);
});

test('a function that gives the same engine each time is called; one that makes a new one is not', () => {
  const texts = (decorator: string): Texts => ({
    'app/db.py': `from functools import cache\n${imports}${decorator}\ndef get_engine():\n    return create_engine("postgresql://x")\n`,
  });
  assert.match(written('health-check', texts('@cache')), /get_engine\(\)\.connect\(\)/);
  assert.match(written('read-write-split', texts('@cache')), /primary_sessions\(get_engine\(\)\)/);
  assert.match(written('health-check', texts('')), /def check_health\(engine: Engine\)/);
});

test('errors stand without parentheses where formatters for Python 3.14 take them away', () => {
  const texts = {
    'pyproject.toml': '[project]\nrequires-python = ">=3.14"\n',
    'app/db.py': `${imports}engine = create_engine("postgresql://x")\n`,
  };
  assert.match(written('health-check', texts), /except OSError, SQLAlchemyError:/);
});

test('Alembic is not set up a second time, wherever its environment stands', () => {
  const texts = {
    'src/app/db.py': `${imports}from sqlalchemy.orm import DeclarativeBase\n\nclass Base(DeclarativeBase): ...\n\nengine = create_engine("postgresql://x")\n`,
    'src/app/revisions/env.py': 'from alembic import context\n',
  };
  const told = 'src/app/revisions/env.py is there already: Alembic is set up.';
  assert.deepEqual(applyScaffold(texts, 'alembic', {}).problems, [told]);
  // Before anything is asked.
  assert.equal(scaffolds.alembic.problem(factsOf(texts)), told);
});
