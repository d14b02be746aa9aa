import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { readPoolTelemetry } from '../../../../src/database/telemetry/pool-telemetry.ts';
import { readTelemetry } from '../../../../src/database/telemetry/read-telemetry.ts';
import { findTelemetry } from '../../../../src/database/telemetry/telemetry-sources.ts';
import { temporaryFolder } from '../../../../src/tools/temporary-folder.ts';

const document = {
  version: 1,
  process: { pid: 42, program: 'uvicorn app.main:app', folder: '/srv/shop' },
  at: '2026-01-02T03:04:05.000Z',
  pools: [
    {
      name: 'engine',
      applicationName: 'shop-api',
      target: { host: 'db', port: 5432, database: 'shop', user: 'shop', driver: 'asyncpg' },
      className: 'AsyncAdaptedQueuePool',
      size: 5,
      maxOverflow: 5,
      timeoutSeconds: 30,
      checkedIn: 3,
      checkedOut: 2,
      overflow: 0,
      waiting: 1,
      totals: { checkouts: 10, timeouts: 1, connects: 5, invalidations: 0, checkoutSeconds: 0.5 },
      checkouts: [
        { serverPid: 7, heldSeconds: 1.5, place: { path: 'app/orders.py', line: 12, function: 'place' } },
      ],
    },
  ],
};

test('a whole document is read as it is written', () => {
  assert.deepEqual(readPoolTelemetry(JSON.stringify(document)), document);
});

test('a pool that is not full has no overflow, and what a driver does not know is null', () => {
  const pools = [{ name: 'engine', overflow: -4, checkouts: [{ heldSeconds: 1, place: {} }] }];
  const [pool] = readPoolTelemetry(JSON.stringify({ version: 1, pools }))?.pools ?? [];
  assert.equal(pool?.overflow, 0);
  assert.equal(pool?.waiting, null);
  assert.deepEqual(pool?.checkouts, [{ serverPid: null, heldSeconds: 1, place: null }]);
});

test('what is no telemetry is none', () => {
  for (const text of ['', '[]', 'null', '{"version":2,"pools":[]}', '{"version":1}', '<html>'])
    assert.equal(readPoolTelemetry(text), null, text);
});

test('sockets of processes are found and read; a folder that others may write to is not trusted', async () => {
  await using folder = await temporaryFolder('telemetry');
  await mkdir(join(folder.path, 'own'), { mode: 0o700 });
  const own = join(folder.path, 'own');
  const server = createSocketServer(socket => socket.end(JSON.stringify(document)));
  await listening(server, join(own, '42.sock'));
  await writeFile(join(own, 'notes.txt'), '');
  try {
    const [source, ...others] = await findTelemetry(own);
    assert.ok(source);
    assert.deepEqual(others, []);
    assert.equal((await readTelemetry(source))?.process.pid, 42);
    await chmod(own, 0o777);
    assert.deepEqual(await findTelemetry(own), []);
    assert.deepEqual(await findTelemetry(join(folder.path, 'none')), []);
  } finally {
    server.close();
  }
});

test('a process that ended, or that never answers, is none', async () => {
  await using folder = await temporaryFolder('telemetry');
  const silent = createSocketServer(socket => socket.on('error', () => {}));
  await listening(silent, join(folder.path, '1.sock'));
  try {
    assert.equal(await readTelemetry({ kind: 'socket', path: join(folder.path, '1.sock') }), null);
    assert.equal(await readTelemetry({ kind: 'socket', path: join(folder.path, '2.sock') }), null);
  } finally {
    silent.close();
  }
});

test('a route is read as a socket is', async () => {
  const answer: RequestListener = (_, response) => response.end(JSON.stringify(document));
  const server = createServer(answer);
  await listening(server, 0);
  const { port } = server.address() as AddressInfo;
  try {
    const read = await readTelemetry({ kind: 'route', url: `http://127.0.0.1:${port}/pools` });
    assert.equal(read?.pools[0]?.waiting, 1);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

function listening(server: Server, at: string | number): Promise<void> {
  return new Promise(resolve => {
    if (typeof at === 'string') server.listen(at, resolve);
    else server.listen(at, '127.0.0.1', resolve);
  });
}
