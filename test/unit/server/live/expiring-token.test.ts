// A password that a command prints and that expires, as a cloud's tokens do, on a real server.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { noLiveFacts } from '../../../../src/server/live/ports.ts';
import { startPostgres } from '../../../../src/tools/postgres.ts';
import { temporaryFolder } from '../../../../src/tools/temporary-folder.ts';
import { ToldPools } from './told.ts';
import { failureAfter, found, isObserved, liveServices } from './watched.ts';

test('an expired token is sent once; the next one that the command prints is used by itself', async () => {
  await using server = await startPostgres({ settings: { log_connections: 'on' } });
  await using folder = await temporaryFolder('token');
  const file = join(folder.path, 'token');
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  const issue = async (token: string) => {
    await admin.query(`ALTER ROLE app PASSWORD '${token}' VALID UNTIL 'infinity'`);
    await writeFile(file, `${token}\n`);
  };
  const expire = () =>
    admin.query(`ALTER ROLE app VALID UNTIL '2001-01-01';
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'`);
  try {
    await admin.query('CREATE ROLE app LOGIN');
    await issue('first');
    const url = new URL(server.url);
    [url.username, url.password] = ['app', ''];
    const pools = new ToldPools();
    await using services = liveServices({ poolsChanged: pools.hear });
    const passwordCommand = [process.execPath, '-p', `fs.readFileSync(${JSON.stringify(file)}, 'utf8')`];
    services.update({ ...noLiveFacts, connections: [{ ...found(url.href, 'cloud'), passwordCommand }] });
    services.watchPools(250);
    await pools.next(isObserved);

    assert.match(await failureAfter(pools, expire), /password/i);
    await writeFile(file, '');
    await pools.next(({ connections: [one] }) =>
      JSON.stringify(one?.observation ?? {}).includes('gave no password'),
    );
    await issue('second');
    await pools.next(isObserved);
    const refusals = server.log.match(/password authentication failed for user "app"/g);
    assert.equal(refusals?.length, 1);
  } finally {
    await admin.end();
  }
});
