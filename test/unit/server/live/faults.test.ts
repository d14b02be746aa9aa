// What befalls a server while its pools are watched: the view says so within five seconds, and comes back by itself.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { type PostgresServer, startPostgres } from '../../../../src/tools/postgres.ts';
import { waitFor } from '../../../wait-for.ts';
import { failureAfter, isFailed, isObserved, ourSessions, readingOf, watch } from './watched.ts';

test('stopped, started again, frozen, thawed, killed: told each time, and back by itself', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'database-patterns-faults-'));
  let server = await startPostgres({ directory });
  try {
    await using watched = watch(server.url);
    const { pools, services } = watched;
    await pools.next(isObserved);

    assert.match(await failureAfter(pools, () => server.stop()), /Nothing answers|was lost|shutting down/);
    server = await startPostgres({ directory, port: server.port });
    const back = readingOf(await pools.next(isObserved));
    assert.ok(back?.kind === 'observed');
    assert.deepEqual(
      back.events.map(({ kind }) => kind),
      ['restarted', 'back', 'lost'],
    );

    assert.match(
      await failureAfter(pools, () => server.signal('SIGSTOP')),
      /did not answer|too long to answer/,
    );
    await server.signal('SIGCONT');
    await pools.next(isObserved);

    await failureAfter(pools, () => server.signal('SIGKILL'));
    await server.stop();
    server = await startPostgres({ directory, port: server.port });
    await pools.next(isObserved);

    // One session while somebody looks, and none when nobody does.
    await waitFor('one session of ours', async () => (await ourSessions(server)) === 1);
    services.unwatchPools();
    await waitFor('no session of ours', async () => (await ourSessions(server)) === 0);
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
});

test('a server at its connection limit, and one that refuses the password', async () => {
  await using server = await startPostgres({
    settings: { max_connections: '4', superuser_reserved_connections: '1', max_wal_senders: '0' },
  });
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query("CREATE ROLE app LOGIN PASSWORD 'right'");
  const url = new URL(server.url);
  url.username = 'app';
  url.password = 'right';
  const others = await Promise.all([1, 2].map(() => connected(url.href)));
  await using full = watch(url.href);
  const reading = readingOf(await full.pools.next(isFailed));
  assert.match(reading?.kind === 'failed' ? reading.message : '', /has no connection left/);
  await Promise.all(others.map(other => other.end()));
  await full.pools.next(isObserved);

  url.password = 'wrong';
  await using refused = watch(url.href);
  const answer = readingOf(await refused.pools.next(isFailed));
  assert.ok(answer?.kind === 'failed' && answer.needsPassword);
  assert.match(answer.message, /refused the password/);
  await admin.end();
});

test('several hosts that keep silent are told as soon as one, and do not hide one that answers', async () => {
  await using silent = await silentHosts(3);
  await using unheard = watch(`postgresql://app@${silent.hosts}/shop`);
  assert.match(await failureAfter(unheard.pools, async () => {}), /did not answer/);

  await using server = await startPostgres();
  await using heard = watch(server.url.replace('@', `@${silent.hosts},`));
  const first = await heard.pools.next(each => isFailed(each) || isObserved(each));
  assert.ok(isObserved(first), JSON.stringify(readingOf(first)));
});

test('a server that freezes after the login, while it is asked for its role, is told, and hides no other', async () => {
  await using server = await startPostgres();
  await using proxy = await freezingProxy(server);
  const url = new URL(server.url);
  url.host = `127.0.0.1:${proxy.port}`;
  url.search = '?target_session_attrs=primary&sslmode=disable';
  await using watched = watch(url.href);
  assert.match(await failureAfter(watched.pools, async () => {}), /did not answer in time/);
  assert.ok(proxy.frozen);
  await server.signal('SIGCONT');
  await watched.pools.next(isObserved);
  await waitFor('one session of ours', async () => (await ourSessions(server)) === 1);
});

/** Passes on what both say, and freezes the server when it is first asked whether it is a standby. */
async function freezingProxy(server: PostgresServer) {
  const state = { frozen: false };
  const sockets: Socket[] = [];
  const listener = createServer(client => {
    const upstream = connect(server.port, '127.0.0.1');
    sockets.push(client, upstream);
    for (const socket of [client, upstream]) socket.on('error', () => {});
    upstream.pipe(client);
    client.on('end', () => upstream.end());
    client.on('data', async (chunk: Buffer) => {
      if (!state.frozen && chunk.includes('pg_is_in_recovery')) {
        state.frozen = true;
        await server.signal('SIGSTOP');
      }
      upstream.write(chunk);
    });
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const close = async () => {
    await server.signal('SIGCONT');
    for (const socket of sockets) socket.destroy();
    listener.close();
  };
  return {
    port: (listener.address() as AddressInfo).port,
    get frozen() {
      return state.frozen;
    },
    [Symbol.asyncDispose]: close,
  };
}

/** They take connections and never say a word, as `host:port,host:port`. */
async function silentHosts(count: number) {
  const sockets: Socket[] = [];
  const servers = Array.from({ length: count }, () =>
    createServer(socket => sockets.push(socket)).listen(0, '127.0.0.1'),
  );
  await Promise.all(servers.map(server => once(server, 'listening')));
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
  };
  const hosts = servers.map(server => `127.0.0.1:${(server.address() as AddressInfo).port}`).join();
  return { hosts, [Symbol.asyncDispose]: close };
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
