/** What is kept on disk between runs: read as written, or not at all. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { promisify } from 'node:util';
import { openDiskStore } from '../../../src/storage/disk-store.ts';
import { temporaryFolder } from '../../../src/tools/temporary-folder.ts';

const limit = 1_000_000;

function entriesOf(folder: string): readonly string[] {
  return readdirSync(folder).map(name => join(folder, name));
}

test('a text is read by whoever opens the folder next', async () => {
  await using folder = await temporaryFolder('store');
  const options = { folder: join(folder.path, 'made', 'when needed'), limit };
  assert.equal(openDiskStore(options).read('key'), null);
  openDiskStore(options).write('key', 'text é 😀');
  openDiskStore(options).write('other', '');
  assert.equal(openDiskStore(options).read('key'), 'text é 😀');
  assert.equal(openDiskStore(options).read('other'), '');
});

suite('an entry that is not what was written is dropped', () => {
  const damages: Readonly<Record<string, (path: string) => void>> = {
    'cut short': path => writeFileSync(path, readFileSync(path).subarray(0, -1)),
    'one bit flipped': path => {
      const bytes = readFileSync(path);
      bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
    empty: path => writeFileSync(path, ''),
    'somebody else’s': path => writeFileSync(path, '{"findings": []}'),
  };
  for (const [name, damage] of Object.entries(damages)) {
    test(name, async () => {
      await using folder = await temporaryFolder('store');
      const store = openDiskStore({ folder: folder.path, limit });
      store.write('key', 'text '.repeat(100));
      for (const path of entriesOf(folder.path)) damage(path);
      assert.equal(store.read('key'), null);
      assert.deepEqual(entriesOf(folder.path), []);
      store.write('key', 'anew');
      assert.equal(store.read('key'), 'anew');
    });
  }

  test('another key’s', async () => {
    await using folder = await temporaryFolder('store');
    const store = openDiskStore({ folder: folder.path, limit });
    store.write('one', 'text of one');
    const [one = ''] = entriesOf(folder.path);
    store.write('two', 'text of two');
    const two = entriesOf(folder.path).find(path => path !== one) ?? '';
    renameSync(one, two);
    assert.equal(store.read('two'), null);
  });
});

test('a folder that cannot be made is as if there were no store', async () => {
  await using folder = await temporaryFolder('store');
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  const store = openDiskStore({ folder: join(file, 'below'), limit });
  store.write('key', 'text');
  assert.equal(store.read('key'), null);
});

test('beyond the limit goes what was not used for longest', async () => {
  await using folder = await temporaryFolder('store');
  const store = openDiskStore({ folder: folder.path, limit: 2_500 });
  const noise = () => randomBytes(700).toString('hex');
  for (const key of ['old', 'used']) store.write(key, noise());
  for (const path of entriesOf(folder.path)) utimesSync(path, new Date(0), new Date(0));
  assert.notEqual(store.read('used'), null);
  for (const key of ['third', 'fourth']) store.write(key, noise());
  const kept = ['old', 'used', 'third', 'fourth'].filter(key => store.read(key) !== null);
  assert.deepEqual(kept, ['used', 'third', 'fourth']);
});

test('processes that write and read one entry at once see it whole', async () => {
  await using folder = await temporaryFolder('store');
  const module = JSON.stringify(
    join(import.meta.dirname, '..', '..', '..', 'src', 'storage', 'disk-store.ts'),
  );
  const script = `
    import { openDiskStore } from ${module};
    const store = openDiskStore({ folder: process.argv[1], limit: ${limit} });
    for (let round = 0; round < 60; round++) {
      store.write('key', String(process.pid).repeat(2_000));
      const text = store.read('key');
      if (text !== null && !/^(\\d+?)\\1*$/.test(text)) throw new Error('torn');
      if (text === null) console.log('gone');
    }`;
  const run = () =>
    promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', script, folder.path]);
  const outputs = await Promise.all([run(), run(), run()]);
  assert.deepEqual(
    outputs.map(({ stdout }) => stdout),
    ['', '', ''],
  );
  assert.equal(entriesOf(folder.path).length, 1);
});
