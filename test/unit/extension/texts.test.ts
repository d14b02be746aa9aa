// Smaller texts that the extension shows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duration } from '../../../src/base/clock-time.ts';
import { statementText } from '../../../src/extension/documents/statement-text.ts';
import { revisionArguments } from '../../../src/extension/migrations/new-migration.ts';
import { coverageText } from '../../../src/extension/status/coverage-text.ts';
import type { CoverageSummary } from '../../../src/protocol/coverage.ts';

test('a statement’s document: each form with its condition and parameters', () => {
  const text = statementText('app/a.py', {
    line: 9,
    unknown: null,
    forms: [
      { sql: 'SELECT 1', parameters: [], condition: null },
      { sql: 'SELECT $1;\n', parameters: ['$1: status'], condition: 'if status is given' },
    ],
    loads: [],
  });
  assert.equal(text, '-- app/a.py:10\n\nSELECT 1;\n\n-- if status is given\nSELECT $1;\n-- $1: status\n');
});

test('what loading relationships sends besides stands apart', () => {
  const text = statementText('a.py', {
    line: 0,
    unknown: null,
    forms: [{ sql: 'SELECT 1', parameters: [], condition: null }],
    loads: [
      { title: 'User.orders (selectin)', text: 'SELECT 2', known: true },
      { title: 'User.notes (subquery)', text: 'Not known.', known: false },
    ],
  });
  assert.equal(
    text,
    '-- a.py:1\n\nSELECT 1;\n\n-- Then, for User.orders (selectin)\nSELECT 2;\n\n-- Then, for User.notes (subquery)\n-- Not known.\n',
  );
});

test('a statement without SQL says why', () => {
  const text = statementText('a.py', {
    line: 0,
    forms: [],
    loads: [],
    unknown: 'The table is chosen at run time.',
  });
  assert.equal(text, '-- a.py:1\n-- No SQL: The table is chosen at run time.\n');
});

const summary: CoverageSummary = {
  state: 'ready',
  files: 12,
  building: null,
  statements: { total: 34, checked: 31, unknown: 3 },
  judge: 'models',
  problem: null,
};

test('coverage: what was checked, by what, and what was not', () => {
  const { short, long } = coverageText(summary);
  assert.equal(short, 'SQL 31/34 checked');
  assert.match(long, /^31 of 34 statements in 12 files were checked by models\.\n3 could not be read as SQL/);
});

test('coverage while reading makes no claim', () => {
  assert.deepEqual(coverageText({ ...summary, state: 'reading' }), {
    short: 'SQL: reading…',
    long: 'Database Patterns reads the workspace.',
    busy: true,
  });
});

test('coverage while the schema is built tells how far it is', () => {
  const { short, long, busy } = coverageText({
    ...summary,
    state: 'checking',
    building: { done: 640, total: 5000 },
  });
  assert.deepEqual([short, busy], ['SQL: schema 12 %', true]);
  assert.match(long, /640 of 5000 statements have run/);
});

test('coverage of a workspace without SQL counts nothing', () => {
  const none = { ...summary, statements: { total: 0, checked: 0, unknown: 0 } };
  assert.deepEqual(coverageText(none), {
    short: 'No SQL found',
    long: 'No SQL was found in 12 files of Python and SQL.',
    busy: false,
  });
  assert.deepEqual(coverageText({ ...none, state: 'checking' }), {
    short: 'SQL: checking…',
    long: 'Database Patterns checks 12 files of Python and SQL; no SQL was found so far.',
    busy: true,
  });
  assert.equal(coverageText({ ...none, problem: 'The shadow database stopped.' }).short, 'SQL 0/0 checked');
});

test('durations', () => {
  assert.deepEqual([-0.1, 0.25, 42.4, 119, 600, 7200].map(duration), [
    '0.0 s',
    '0.3 s',
    '42 s',
    '119 s',
    '10 min',
    '2 h',
  ]);
});

test('answers become Alembic’s arguments', () => {
  assert.deepEqual(revisionArguments({ message: 'add x', content: 'empty' }), ['revision', '-m', 'add x']);
  assert.deepEqual(revisionArguments({ message: 'm', content: 'autogenerate', head: 'a1' }), [
    'revision',
    '--autogenerate',
    '--head',
    'a1',
    '-m',
    'm',
  ]);
});
