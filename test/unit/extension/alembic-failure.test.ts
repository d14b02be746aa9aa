// What the user is told of Alembic's output.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alembicFailure, generatedFile } from '../../../src/extension/migrations/alembic-failure.ts';

const python = { path: '/p/.venv/bin/python', origin: '.venv' };

test('names what Alembic says failed', () => {
  const output =
    "INFO  [alembic.runtime.migration] Context impl\nFAILED: Can't locate revision identified by 'x'\n";
  assert.equal(alembicFailure(output, python), "Alembic failed: Can't locate revision identified by 'x'");
});

test('names the exception of a traceback', () => {
  const output =
    'Traceback (most recent call last):\n  File "x.py", line 1\nConnectionRefusedError: [Errno 111] refused\n';
  assert.equal(alembicFailure(output, python), 'Alembic failed: ConnectionRefusedError: [Errno 111] refused');
});

test('says which Python has no Alembic', () => {
  const told = alembicFailure('/p/.venv/bin/python: No module named alembic\n', python);
  assert.match(told, /Alembic is not installed in \/p\/\.venv\/bin\/python \(from \.venv\)/);
});

test('says what to do where the database is behind', () => {
  const told = alembicFailure('ERROR [alembic.util.messaging] Target database is not up to date.\n', python);
  assert.match(told, /Upgrade to head first/);
});

test('says where env.py raises, and that nothing was run', () => {
  const output = `Traceback (most recent call last):
  File "/v/lib/alembic/util/pyfiles.py", line 116, in load_module_py
    spec.loader.exec_module(module)
  File "<frozen importlib._bootstrap>", line 241, in _call_with_frames_removed
  File "/p/migrations/env.py", line 2, in <module>
    from app.settings import url
ModuleNotFoundError: No module named 'app'
`;
  assert.equal(
    alembicFailure(output, python),
    "/p/migrations/env.py raised in line 2: ModuleNotFoundError: No module named 'app'. Alembic has not run anything.",
  );
});

test('says what a server that went away in the middle leaves behind', () => {
  const output = `INFO  [alembic.runtime.migration] Running upgrade  -> a, orders
Traceback (most recent call last):
  File "/v/psycopg/cursor.py", line 117, in execute
    raise ex.with_traceback(None)
psycopg.errors.AdminShutdown: terminating connection due to administrator command

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/p/migrations/env.py", line 8, in <module>
    context.run_migrations()
  File "/p/migrations/versions/a.py", line 5, in upgrade
    op.execute("UPDATE orders SET note = 1")
sqlalchemy.exc.OperationalError: (psycopg.errors.AdminShutdown) terminating connection due to administrator command
[SQL: UPDATE orders SET note = 1]
(Background on this error at: https://sqlalche.me/e/21/e3q8)
`;
  const told = alembicFailure(output, python);
  assert.match(
    told,
    /^The server ended the connection while Alembic ran: sqlalchemy\.exc\.OperationalError: /,
  );
  assert.match(told, /shows which, as soon as the database answers again/);
});

test('finds the file that was written', () => {
  assert.equal(generatedFile('  Generating /p/versions/1_a.py ...  done\n'), '/p/versions/1_a.py');
  assert.equal(
    generatedFile('  Generating\n  /p/versions/a_long_\n  name.py ...  done\n'),
    '/p/versions/a_long_name.py',
  );
  assert.equal(generatedFile('nothing'), null);
});
