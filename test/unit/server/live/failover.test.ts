// A fleet under watch: what the views are told of its roles, before and after the standby takes over.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import type { ConnectionInfo } from '../../../../src/protocol/connections.ts';
import type { PoolsSnapshot, ServerReading } from '../../../../src/protocol/pools.ts';
import { noLiveFacts } from '../../../../src/server/live/ports.ts';
import { startFleet } from '../../../fleet.ts';
import { Told, ToldPools } from './told.ts';
import { found, liveServices } from './watched.ts';

test('a standby that takes over is told as the primary, by itself and for who asks for one', async () => {
  await using fleet = await startFleet();
  const { primary, standby } = fleet;
  const pools = new ToldPools();
  const listed = new Told<readonly ConnectionInfo[]>();
  await using services = liveServices({ poolsChanged: pools.hear, connectionsChanged: listed.tell });
  const places = `127.0.0.1:${standby.port},127.0.0.1:${primary.port}`;
  const either = new URL(primary.url);
  const urls = {
    first: primary.url,
    second: standby.url,
    writable: `${primary.url.replace(either.host, places)}?target_session_attrs=read-write`,
  };
  const connections = Object.entries(urls).map(([name, url]) => found(url, name));
  services.update({ ...noLiveFacts, connections });
  services.watchPools(250);

  const before = await pools.next(
    told => of(told, 'first')?.standbys[0]?.state === 'streaming, async' && rolesIn(told).every(Boolean),
  );
  assert.deepEqual(rolesIn(before), ['primary', 'standby', 'primary']);
  assert.equal(of(before, 'first')?.standbys[0]?.name, 'replica');
  await pools.next(told => of(told, 'second')?.capacity.lagSeconds === 0);
  await listed.next(told => listedRole(told, 'second') === 'standby');

  await primary.stop();
  await promote(standby.url);
  const promotedAt = Date.now();
  const isSince = (told: PoolsSnapshot, name: string) => (of(told, name)?.at ?? 0) * 1000 > promotedAt;
  const following = of(await pools.next(told => isSince(told, 'second')), 'second');
  assert.deepEqual([following?.capacity.role, following?.capacity.lagSeconds], ['primary', null]);
  const after = await pools.next(told => isSince(told, 'writable') && of(told, 'first') === undefined);
  assert.deepEqual(rolesIn(after), [undefined, 'primary', 'primary']);
  // Its sessions never broke, so that nothing else would have the Connections view ask anew.
  await listed.next(told => listedRole(told, 'second') === 'primary');
});

function listedRole(told: readonly ConnectionInfo[], name: string): string | undefined {
  const state = told.find(({ label }) => label === name)?.state;
  return state?.kind === 'reachable' ? state.role : undefined;
}

function of({ connections }: PoolsSnapshot, name: string): ServerReading | undefined {
  const reading = connections.find(({ label }) => label === name)?.observation;
  return reading?.kind === 'observed' ? reading : undefined;
}

const rolesIn = (told: PoolsSnapshot) =>
  ['first', 'second', 'writable'].map(name => of(told, name)?.capacity.role);

/** Returns when the server has left recovery. */
async function promote(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query('SELECT pg_promote()');
  await admin.end();
}
