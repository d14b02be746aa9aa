/** The arguments of `npm start`, and the one line that each mistake in them gets. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { readOptions } from '../../../src/tools/start/options.ts';

test('without arguments the editor that fits is opened on a free port', async () => {
  assert.deepEqual(await readOptions([], {}), { mode: 'open', editor: 'auto', port: undefined });
});

test('mode and editor are chosen apart', async () => {
  const options = await readOptions(['--once', '--browser'], {});
  assert.deepEqual(options, { mode: 'once', editor: 'browser', port: undefined });
});

test('--once ends by itself, whatever stands beside it', async () => {
  for (const args of [
    ['--once', '--no-open'],
    ['--no-open', '--once'],
  ])
    assert.equal((await readOptions(args, {})).mode, 'once');
});

test('an unknown argument is named, with the known ones', async () => {
  await assert.rejects(readOptions(['--onec'], {}), /Unknown argument "--onec"\. Use some of: .*--once/);
});

test('a port that is none is refused', async () => {
  for (const value of ['abc', '0', '65536', '80.5']) {
    await assert.rejects(readOptions([], { DBPATTERNS_PORT: value }), /which is no port/, value);
  }
});

test('a busy port is refused, and a free one taken', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await assert.rejects(readOptions([], { DBPATTERNS_PORT: String(port) }), /already in use/);
  server.close();
  await once(server, 'close');
  assert.equal((await readOptions([], { DBPATTERNS_PORT: String(port) })).port, port);
});
