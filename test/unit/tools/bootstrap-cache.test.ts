/** Parts of the cache folder: complete or not there at all, and built once however many ask for them. */
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type CachePart, cached } from '../../../src/tools/bootstrap-cache.ts';
import { tryLock } from '../../../src/tools/lock-file.ts';
import { temporaryFolder } from '../../../src/tools/temporary-folder.ts';

function part(root: string, build: (directory: string) => Promise<void>): CachePart {
  return { name: 'part', key: 'version 1', root, build };
}

test('a part is built once for everybody who asks at the same time', async () => {
  await using root = await temporaryFolder('cache');
  let builds = 0;
  const build = async (directory: string) => {
    builds++;
    await writeFile(join(directory, 'content'), 'complete');
  };
  const [first, second] = await Promise.all([cached(part(root.path, build)), cached(part(root.path, build))]);
  assert.equal(first, second);
  assert.equal(await readFile(join(first, 'content'), 'utf8'), 'complete');
  assert.equal(builds, 1);
});

test('another key is another part', async () => {
  await using root = await temporaryFolder('cache');
  const first = await cached(part(root.path, async () => {}));
  const second = await cached({ ...part(root.path, async () => {}), key: 'version 2' });
  assert.notEqual(first, second);
});

test('a build that fails leaves nothing, and the next one succeeds', async () => {
  await using root = await temporaryFolder('cache');
  const broken = async (directory: string) => {
    await writeFile(join(directory, 'content'), 'half');
    throw new Error('no network');
  };
  await assert.rejects(cached(part(root.path, broken)), /no network/);
  assert.deepEqual(await readdir(root.path), []);
  const home = await cached(part(root.path, directory => writeFile(join(directory, 'content'), 'complete')));
  assert.deepEqual(await readdir(root.path), [home.slice(root.path.length + 1)]);
});

test('a lock has one holder, and none after its process has died', async () => {
  await using root = await temporaryFolder('lock');
  const path = join(root.path, 'lock');
  {
    await using lock = await tryLock(path);
    assert.ok(lock);
    assert.equal(await tryLock(path), undefined);
  }
  const noProcess = 2 ** 22 + 1; // Above the highest process id of Linux and macOS.
  await writeFile(path, String(noProcess));
  await using again = await tryLock(path);
  assert.ok(again);
});
