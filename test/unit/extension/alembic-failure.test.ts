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

test('finds the file that was written', () => {
  assert.equal(generatedFile('  Generating /p/versions/1_a.py ...  done\n'), '/p/versions/1_a.py');
  assert.equal(
    generatedFile('  Generating\n  /p/versions/a_long_\n  name.py ...  done\n'),
    '/p/versions/a_long_name.py',
  );
  assert.equal(generatedFile('nothing'), null);
});
