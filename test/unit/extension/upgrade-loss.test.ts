/** What the question before an upgrade says of data that it deletes, and how it names the database. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colouredTarget } from '../../../src/extension/migrations/target-name.ts';
import { upgradeLoss } from '../../../src/extension/migrations/upgrade-loss.ts';
import { noMarks } from '../../../src/protocol/connections.ts';
import type {
  MigrationDatabase,
  MigrationEnvironmentInfo,
  RevisionInfo,
} from '../../../src/protocol/migrations.ts';

const named = { connectionId: 'c', label: 'shop at localhost', marks: noMarks };
const read: MigrationDatabase = { ...named, kind: 'read', current: ['a'], unknown: [] };

function environment(database: MigrationDatabase): MigrationEnvironmentInfo {
  const revision = (id: string, down: readonly string[], loses: readonly string[]): RevisionInfo => ({
    id,
    down,
    loses,
    state: id === 'a' ? 'applied' : 'pending',
    ...{ message: id, summary: '', created: null, tables: [], doubts: [], head: false, current: id === 'a' },
    ...{ dependsOn: [], branchLabels: [], branchPoint: false, fingerprint: '' },
    place: { uri: 'file:///w/a.py', line: 0, character: 0 },
  });
  const revisions = [
    revision('d', ['c'], ['table carts']),
    revision('c', ['b'], []),
    revision('b', ['a'], ['orders.note']),
    revision('a', [], ['users.name']),
  ];
  const rest = {
    configPath: '/w/alembic.ini',
    section: null,
    competingHeads: ['d'],
    problems: [],
    drift: null,
  };
  return { id: 'alembic.ini', label: 'alembic.ini', database, revisions, ...rest };
}

test('only pending revisions that run count', () => {
  const shop = environment(read);
  assert.equal(upgradeLoss(shop, 'head'), 'It deletes orders.note (b), table carts (d), with the data.');
  assert.equal(upgradeLoss(shop, 'next'), 'It deletes orders.note (b), with the data.');
  assert.equal(upgradeLoss(shop, { revision: 'c' }), 'It deletes orders.note (b), with the data.');
  assert.equal(upgradeLoss(shop, { revision: 'a' }), '');
});

test('a database that could not be asked is not said to lose nothing', () => {
  const shop = environment({ ...named, kind: 'failed', message: 'gone', since: 0, needsPassword: false });
  assert.match(upgradeLoss(shop, 'head'), /could not be asked/);
});

test('the database is named in the colour of its connection', () => {
  assert.equal(colouredTarget(environment(read)), 'shop at localhost');
  const red = { ...read, marks: { ...noMarks, color: 'red' as const } };
  assert.equal(colouredTarget(environment(red)), '🔴 shop at localhost');
  const none = environment({ kind: 'none', message: '' });
  assert.equal(colouredTarget(none), 'the database that alembic.ini names');
});
