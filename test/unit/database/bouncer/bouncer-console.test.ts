import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { Client } from 'pg';
import { poolPictureText } from '../../../../src/cli/pool-report-text.ts';
import { bouncerApplications } from '../../../../src/database/bouncer/bouncer-applications.ts';
import { BouncerConsole } from '../../../../src/database/bouncer/bouncer-console.ts';
import { readConnectionUrl } from '../../../../src/database/connection-url.ts';
import { LiveConnection } from '../../../../src/database/live/live-connection.ts';
import { readActivity } from '../../../../src/database/live/read-activity.ts';
import { temporaryFolder } from '../../../../src/tools/temporary-folder.ts';
import { runCommandLine } from '../../../command-line.ts';
import { type BouncerScene, bouncerTest } from '../../../pgbouncer.ts';
import { waitFor } from '../../../wait-for.ts';

const small = { settings: { pool_mode: 'transaction', default_pool_size: '1', reserve_pool_size: '0' } };

bouncerTest('figures are those of the clients; its sessions are those of the server', small, async scene => {
  await using stack = new AsyncDisposableStack();
  const console = consoleOf(scene, stack);
  const holder = await client(scene, 'shop-api', stack);
  await holder.query('BEGIN');
  const { rows } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const waiter = await client(scene, 'shop-worker', stack);
  const waiting = waiter.query('SELECT 1');
  waiting.catch(() => {}); // A failure of the test ends it first.
  const report = await waitFor('a client that has waited for a second', async () => {
    const now = await console.observe();
    return now.pools.some(pool => pool.longestWait >= 1) && now;
  });
  const [pool, ...others] = report.pools;
  assert.deepEqual(others, []);
  assert.deepEqual(
    [pool?.database, pool?.user, pool?.mode, pool?.limit, pool?.paused],
    ['postgres', 'postgres', 'transaction', 1, false],
  );
  assert.deepEqual(
    [pool?.clientsActive, pool?.clientsWaiting, pool?.serversActive, pool?.serversIdle],
    [1, 1, 1, 0],
  );
  assert.deepEqual(pool?.serverPids, [rows[0]?.pid]);
  assert.deepEqual(
    pool?.warnings.map(({ kind }) => kind),
    ['pool-full'],
  );
  const clients = report.clients.map(each => [each.applicationName, each.state, each.serverPid]);
  assert.deepEqual(clients.sort(), [
    ['shop-api', 'active', rows[0]?.pid],
    ['shop-worker', 'waiting', null],
  ]);
  const applications = bouncerApplications(report.clients);
  assert.deepEqual(
    applications.map(each => [each.application, each.clients, each.waiting, each.linked]),
    [
      ['shop-worker', 1, 1, 0],
      ['shop-api', 1, 0, 1],
    ],
  );
  const text = poolPictureText({ own: null, report: null, bouncer: report, telemetry: [] });
  assert.match(text, /^client +address +clients +on a server +waiting +longest wait$/m);
  assert.match(text, /^shop-worker +127\.0\.0\.1 +1 +0 +1 +\d\.\d s$/m);
  const live = new LiveConnection(postgresTarget(scene.server.url));
  stack.defer(() => live.dispose());
  const { sessions } = await readActivity(live);
  assert.deepEqual(
    sessions.map(({ pid, state }) => [pid, state]),
    [[rows[0]?.pid, 'idle in transaction']],
  );
  const printed = await printedPools(scene);
  assert.deepEqual(printed.bouncer.pools[0].serverPids, pool?.serverPids);
  assert.equal(printed.bouncer.pools[0].clientsWaiting, 1);
  assert.deepEqual(printed.pools[0].pids, pool?.serverPids);
  await holder.query('COMMIT');
  await waiting;
  const after = await console.observe();
  assert.deepEqual(after.pools[0]?.warnings, []);
  assert.ok((after.databases[0]?.totals.queries ?? 0) >= 3);
  assert.ok((after.databases[0]?.totals.waitSeconds ?? 0) >= 1);
  assert.equal(after.limits.maxClientConnections, 100);
  assert.match(after.version, /^\d+\.\d+/);
});

bouncerTest('a pause is told with those who wait, a reload goes by unnoticed', small, async scene => {
  await using stack = new AsyncDisposableStack();
  const console = consoleOf(scene, stack);
  const one = await client(scene, 'shop-api', stack);
  await one.query('SELECT 1');
  await scene.bouncer.command('PAUSE postgres');
  const paused = await console.observe();
  assert.deepEqual(
    paused.pools[0]?.warnings.map(({ kind }) => kind),
    ['paused'],
  );
  const answer = one.query('SELECT 1');
  const waited = await waitFor('the client that waits', async () => {
    const [pool] = (await console.observe()).pools;
    return pool?.clientsWaiting === 1 && pool;
  });
  assert.match(waited.warnings[0]?.message ?? '', /paused, and 1 client waits/);
  await scene.bouncer.command('RESUME postgres');
  await answer;
  await scene.bouncer.command('RELOAD');
  const [pool] = (await console.observe()).pools;
  assert.deepEqual([pool?.paused, pool?.warnings], [false, []]);
});

bouncerTest(
  'an observation is one round trip: all is asked before anything is answered',
  small,
  async scene => {
    await using proxy = await withholdingProxy(scene.bouncer.port);
    const url = scene.bouncer.url('postgres').replace(`:${scene.bouncer.port}/`, `:${proxy.port}/`);
    const console = new BouncerConsole(postgresTarget(`${url}?sslmode=disable`));
    await console.observe();
    const commands = ['POOLS', 'SERVERS', 'CLIENTS', 'DATABASES', 'STATS', 'CONFIG'];
    for (const _ of [1, 2]) {
      proxy.withhold(commands.map(what => `SHOW ${what}`));
      const { pools, limits } = await console.observe();
      assert.deepEqual([pools, limits.defaultPoolSize], [[], 1]);
    }
    await console.dispose();
  },
);

bouncerTest('the console is left as it was found: one client of ours, then none', small, async scene => {
  const console = new BouncerConsole(postgresTarget(scene.bouncer.url('postgres')));
  await console.observe();
  await console.observe();
  assert.equal(await consoleClients(scene), 1);
  await console.dispose();
  await waitFor('its end', async () => (await consoleClients(scene)) === 0);
});

/** A way to a port that holds answers back until all that it waits for was asked. */
async function withholdingProxy(port: number) {
  let awaited: readonly string[] = [];
  const listener = createServer(client => {
    const upstream = connect(port, '127.0.0.1');
    let asked = '';
    let held: Buffer[] = [];
    const release = () => {
      if (!awaited.every(text => asked.includes(text))) return;
      for (const chunk of held) client.write(chunk);
      held = [];
    };
    client.on('data', (chunk: Buffer) => {
      if (held.length === 0) asked = '';
      asked += chunk.toString('latin1');
      upstream.write(chunk);
      release();
    });
    upstream.on('data', (chunk: Buffer) => {
      held.push(chunk);
      release();
    });
    client.on('end', () => upstream.end());
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    withhold: (texts: readonly string[]) => {
      awaited = texts;
    },
    [Symbol.asyncDispose]: async () => void listener.close(),
  };
}

/** What the command line prints of both at once. */
async function printedPools({ server, bouncer }: BouncerScene) {
  const urls = ['--database-url', server.url, '--bouncer-url', bouncer.url('pgbouncer')];
  await using empty = await temporaryFolder('empty');
  const { code, output, errors } = await runCommandLine(['pool', empty.path, ...urls, '--format', 'json']);
  assert.equal(code, 0, errors);
  return JSON.parse(output);
}

/** But for the one that counts. */
async function consoleClients({ bouncer }: BouncerScene): Promise<number> {
  const { rows } = await bouncer.command('SHOW CLIENTS');
  return rows.filter(row => row.database === 'pgbouncer').length - 1;
}

function consoleOf({ bouncer }: BouncerScene, stack: AsyncDisposableStack): BouncerConsole {
  const console = new BouncerConsole(postgresTarget(bouncer.url('postgres')));
  stack.defer(() => console.dispose());
  return console;
}

async function client(
  { bouncer }: BouncerScene,
  application_name: string,
  stack: AsyncDisposableStack,
): Promise<Client> {
  const opened = new Client({ connectionString: bouncer.url('postgres'), application_name });
  await opened.connect();
  stack.defer(() => opened.end());
  return opened;
}

function postgresTarget(url: string) {
  const target = readConnectionUrl(url);
  assert.ok(target.kind === 'postgresql');
  return target;
}
