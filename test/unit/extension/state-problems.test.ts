/** What does not fit between a database and the files: remembered, told, and forgotten. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readApplied, stateProblems } from '../../../src/extension/migrations/state-problems.ts';
import { noMarks } from '../../../src/protocol/connections.ts';
import type { MigrationEnvironmentInfo, RevisionInfo } from '../../../src/protocol/migrations.ts';

const place = { uri: 'file:///w/a.py', line: 0, character: 0 };

function revision(id: string, state: RevisionInfo['state'], fingerprint: string): RevisionInfo {
  const relations = { down: [], dependsOn: [], branchLabels: [], branchPoint: false };
  const rest = {
    message: id,
    summary: '',
    loses: [],
    created: null,
    doubts: [],
    tables: [],
    head: false,
    current: false,
  };
  return { id, state, fingerprint, place, ...relations, ...rest };
}

test('a revision that is edited after it was applied is told until it is accepted or pending again', () => {
  const first = readApplied({}, [revision('a', 'applied', '1'), revision('b', 'pending', '1')]);
  assert.deepEqual(first, { fingerprints: { a: '1' }, edited: [] });
  const edited = readApplied(first.fingerprints, [
    revision('a', 'applied', '2'),
    revision('b', 'pending', '2'),
  ]);
  assert.deepEqual(edited.fingerprints, { a: '1' });
  assert.deepEqual(
    edited.edited.map(({ id }) => id),
    ['a'],
  );
  const downgraded = readApplied(edited.fingerprints, [revision('a', 'pending', '2')]);
  assert.deepEqual(downgraded, { fingerprints: {}, edited: [] });
  assert.deepEqual(readApplied({}, [revision('a', 'applied', '2')]).edited, []);
});

test('what cannot be asked is not taken for a change', () => {
  assert.deepEqual(readApplied({ a: '1' }, [revision('a', 'unknown', '2')]), {
    fingerprints: { a: '1' },
    edited: [],
  });
});

const environment: MigrationEnvironmentInfo = {
  id: 'alembic.ini',
  label: 'alembic.ini',
  configPath: '/w/alembic.ini',
  section: null,
  revisions: [],
  competingHeads: [],
  problems: [{ code: 'head-conflict', message: 'main has b beside a', place }],
  drift: null,
  database: { kind: 'read', connectionId: 'c', marks: noMarks, label: 'shop', current: [], unknown: ['zz'] },
};

test('each problem says what to do', () => {
  const problems = stateProblems(environment, [revision('a', 'applied', '2')], 'file:///w/alembic.ini');
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['head-conflict', 'unknown-database-revision', 'edited-revision'],
  );
  assert.match(problems[1]?.message ?? '', /^shop stands at zz, which no file .* stamp the database/);
  assert.match(problems[2]?.message ?? '', /^a was edited after it was applied to shop: .* new revision/);
});
