// Through a real SSH tunnel a server is watched as any other, also when the tunnel breaks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { openSsh } from '../../../../src/tools/bootstrap-openssh.ts';
import { freePort } from '../../../../src/tools/free-port.ts';
import { startPostgres } from '../../../../src/tools/postgres.ts';
import { startSshServer } from '../../../ssh-tunnel.ts';
import { waitFor } from '../../../wait-for.ts';
import { failureAfter, isObserved, watch } from './watched.ts';

const ssh = await openSsh();
const skip = ssh === undefined ? 'there is no OpenSSH here, and no Debian packages to take it from' : false;

/** The address that the README recommends: the name of the server's certificate, and where the tunnel begins. */
function throughTunnel(url: string, port: number): string {
  const tunnelled = new URL(url);
  tunnelled.hostname = 'db.internal';
  tunnelled.port = String(port);
  tunnelled.searchParams.set('hostaddr', '127.0.0.1');
  return tunnelled.href;
}

test('a tunnel that breaks is told, one that is opened again is used, and no session is left', {
  skip,
}, async () => {
  assert.ok(ssh);
  await using server = await startPostgres();
  await using bastion = await startSshServer(ssh);
  const local = await freePort();
  const tunnel = await bastion.openTunnel(local, server.port);
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  const ours = async () => {
    const { rows } = await admin.query<{ count: number }>(
      "SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'database-patterns'",
    );
    return rows[0]?.count;
  };
  try {
    await using watched = watch(throughTunnel(server.url, local));
    const { pools, services } = watched;
    await pools.next(isObserved);
    assert.equal(await ours(), 1);

    assert.match(await failureAfter(pools, () => tunnel.stop()), /was lost|Nothing answers/);
    await waitFor('the end of the session that the tunnel carried', async () => (await ours()) === 0);

    await bastion.openTunnel(local, server.port);
    await pools.next(isObserved);
    assert.equal(await ours(), 1);
    await services.dispose();
    await waitFor('the end of the last session', async () => (await ours()) === 0);
  } finally {
    await admin.end();
  }
});
