// A password that was wrong and is mended where it stands: what failed for it goes on by itself, and a wrong one is sent once.
import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { readServices } from '../../../../src/database/libpq/read-services.ts';
import { noLiveFacts } from '../../../../src/server/live/ports.ts';
import { startPostgres } from '../../../../src/tools/postgres.ts';
import { temporaryFolder } from '../../../../src/tools/temporary-folder.ts';
import { ToldPools } from './told.ts';
import { found, isFailed, isObserved, liveServices, ourSessions, readingOf } from './watched.ts';

async function scene() {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await startPostgres());
  const folder = stack.use(await temporaryFolder('mended'));
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query("CREATE ROLE app LOGIN PASSWORD 'right'; GRANT pg_read_all_stats TO app");
  await admin.end();
  const write = async (name: string, text: string) => {
    const file = join(folder.path, name);
    await writeFile(file, text);
    await chmod(file, 0o600);
    return file;
  };
  const kept = stack.move();
  return { server, write, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

test('the password file: written, corrected, and a wrong line sent once', async () => {
  await using live = await scene();
  const file = await live.write('pgpass', '');
  const pools = new ToldPools();
  await using services = liveServices({ poolsChanged: pools.hear }, { environment: { PGPASSFILE: file } });
  const url = `postgresql://app@127.0.0.1:${live.server.port}/postgres`;
  services.update({ ...noLiveFacts, connections: [found(url, 'shop')] });
  services.watchPools(250);
  const message = async (part: RegExp) =>
    pools.next(snapshot => {
      const reading = readingOf(snapshot);
      return reading?.kind === 'failed' && part.test(reading.message);
    });
  await message(/wants a password/);
  await live.write('pgpass', '*:*:*:*:wrong\n');
  const refusals = () => live.server.log.match(/password authentication failed for user "app"/g)?.length;
  await pools.next(each => isFailed(each) && refusals() !== undefined);
  // Several more attempts, none of which sends it again.
  for (const _ of [1, 2, 3]) await pools.next(isFailed);
  assert.equal(refusals(), 1);
  await live.write('pgpass', '*:*:*:*:right\n');
  await pools.next(isObserved);
  assert.deepEqual([refusals(), await ourSessions(live.server)], [1, 1]);
});

test('the service file: corrected while its connection fails, and a service that is added', async () => {
  await using live = await scene();
  const section = (name: string, password: string, database = 'postgres') =>
    `[${name}]\nhost=127.0.0.1\nport=${live.server.port}\nuser=app\ndbname=${database}\npassword=${password}\n`;
  const file = await live.write('pg_service.conf', section('shop', 'wrong'));
  const environment = { PGSERVICEFILE: file };
  const pools = new ToldPools();
  await using services = liveServices(
    { poolsChanged: pools.hear },
    { environment, readServices: () => readServices(environment) },
  );
  services.update(noLiveFacts);
  services.watchPools(250);
  await pools.next(isFailed);
  await live.write('pg_service.conf', section('shop', 'right'));
  await pools.next(isObserved);
  await live.write('pg_service.conf', `${section('shop', 'right')}${section('other', 'right', 'template1')}`);
  services.watchPools(250);
  assert.deepEqual(
    services.connections().connections.map(({ label }) => label),
    ['shop', 'other'],
  );
});

test('a role whose password is set to what is sent: a test asked for tries it again', async () => {
  await using live = await scene();
  const pools = new ToldPools();
  await using services = liveServices({ poolsChanged: pools.hear });
  const url = `postgresql://app:new@127.0.0.1:${live.server.port}/postgres`;
  services.update({ ...noLiveFacts, connections: [found(url, 'shop')] });
  services.watchPools(250);
  await pools.next(isFailed);
  const admin = new pg.Client({ connectionString: live.server.url });
  await admin.connect();
  await admin.query("ALTER ROLE app PASSWORD 'new'");
  await admin.end();
  const id = services.connections().connections[0]?.id ?? '';
  assert.equal((await services.test(id)).kind, 'reachable');
  await pools.next(isObserved);
});
