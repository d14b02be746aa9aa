import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { DatabaseError } from '../../../src/database/database-error.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { readActivity } from '../../../src/database/live/read-activity.ts';
import { testConnection } from '../../../src/database/live/test-connection.ts';
import { startFleet } from '../../fleet.ts';
import { waitFor } from '../../wait-for.ts';

test('roles, lag, the wanted kind of host, and a failover', async () => {
  await using fleet = await startFleet();
  const { primary, standby } = fleet;
  await using stack = new AsyncDisposableStack();
  const hosts = `127.0.0.1:${standby.port},127.0.0.1:${primary.port}`;
  const open = (wanted: string, places = hosts) => {
    const { username, password } = new URL(primary.url);
    const url = `postgresql://${username}:${password}@${places}/postgres?target_session_attrs=${wanted}`;
    const target = readConnectionUrl(url);
    assert.ok(target.kind === 'postgresql');
    const connection = new LiveConnection(target);
    stack.defer(() => connection.dispose());
    return connection;
  };
  const isStandby = async (connection: LiveConnection) => (await testConnection(connection)).inRecovery;

  const writable = open('read-write');
  const follower = open('standby');
  assert.deepEqual(
    [await isStandby(writable), await isStandby(open('primary')), await isStandby(follower)],
    [false, false, true],
  );
  assert.equal(await isStandby(open('prefer-standby')), true);
  assert.equal(await isStandby(open('prefer-standby', `127.0.0.1:${primary.port}`)), false);
  await assert.rejects(open('standby', `127.0.0.1:${primary.port}`).rows('SELECT 1'), error => {
    assert.ok(error instanceof DatabaseError);
    assert.deepEqual([error.reason, /target_session_attrs/.test(error.message)], ['wrong-host', true]);
    return true;
  });

  const streamed = await waitFor('the standby to stream', async () => {
    const { server } = await readActivity(writable);
    return server.standbys.find(({ state }) => state === 'streaming');
  });
  assert.deepEqual([streamed.applicationName, streamed.syncState], ['replica', 'async']);
  const replayed = await waitFor('the standby to have replayed all', async () => {
    const { server } = await readActivity(follower);
    return server.replayLag === 0 && server;
  });
  assert.equal(replayed.inRecovery, true);
  const systems = await Promise.all([writable, follower].map(each => testConnection(each)));
  assert.equal(systems[0]?.systemIdentifier, systems[1]?.systemIdentifier);
  assert.match(systems[0]?.systemIdentifier ?? '', /^\d+$/);

  await primary.stop();
  const { username, password } = new URL(primary.url);
  const admin = new pg.Client({
    connectionString: `postgresql://${username}:${password}@127.0.0.1:${standby.port}/postgres`,
  });
  await admin.connect();
  await admin.query('SELECT pg_promote()');
  await admin.end();
  const moved = await waitFor('the connection to move to the new primary', () =>
    isStandby(writable).then(
      standing => !standing,
      () => false,
    ),
  );
  assert.equal(moved, true);
});
