/** By what a check is known again: the files and what is in them, and nothing else about them. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { contentDigest } from '../../../src/storage/content-digest.ts';
import { temporaryFolder } from '../../../src/tools/temporary-folder.ts';
import type { FilePort } from '../../../src/workspace/files/file-port.ts';
import { type HashedFiles, hashFiles } from '../../../src/workspace/files/hashed-files.ts';
import { createNodeFilePort } from '../../../src/workspace/files/node-file-port.ts';

const { signal } = new AbortController();

function hashed(folder: string): Promise<HashedFiles> {
  return hashFiles(createNodeFilePort(), [folder], contentDigest, signal);
}

test('a change of content, name or number changes the digest, a touched file does not', async () => {
  await using folder = await temporaryFolder('hash');
  const path = (name: string) => join(folder.path, name);
  const digest = async () => (await hashed(folder.path)).digest;
  writeFileSync(path('a.py'), 'one = 1\n');
  writeFileSync(path('b.py'), '');
  const digests = [await digest()];
  utimesSync(path('a.py'), new Date(0), new Date(0));
  assert.equal(await digest(), digests[0]);
  const changes = [
    () => writeFileSync(path('a.py'), 'one = 2\n'),
    () => writeFileSync(path('c.py'), ''),
    () => rmSync(path('b.py')),
    () => writeFileSync(path('.env'), 'DATABASE_URL=postgresql://h/d\n'),
  ];
  for (const change of changes) {
    change();
    digests.push(await digest());
  }
  assert.equal(new Set(digests).size, digests.length);
});

test('a loop of links, a link to nowhere and a file that vanishes', async () => {
  await using folder = await temporaryFolder('hash');
  mkdirSync(join(folder.path, 'package'));
  const file = join(folder.path, 'package', 'a.py');
  writeFileSync(file, 'import sqlalchemy\n');
  symlinkSync(folder.path, join(folder.path, 'package', 'loop'));
  symlinkSync(join(folder.path, 'nowhere.py'), join(folder.path, 'link.py'));
  const { port } = await hashed(folder.path);
  rmSync(file);
  const path = file.replaceAll('\\', '/');
  assert.deepEqual(
    (await port.list(folder.path)).map(entry => entry.path),
    [path],
  );
  const first = await port.read(path);
  assert.equal(first.kind === 'read' && Buffer.from(first.bytes).toString(), 'import sqlalchemy\n');
  assert.equal((await port.read(path)).kind, 'failed');
});

test('each file by its content, also where another one has the same', async () => {
  await using folder = await temporaryFolder('hash');
  const paths = ['a.py', 'b.py', 'c.py'].map(name => join(folder.path, name).replaceAll('\\', '/'));
  for (const [index, path] of paths.entries()) writeFileSync(path, `é = ${Math.min(index, 1)}\n`);
  const { digestOf } = await hashed(folder.path);
  const [a = '', b = '', c = ''] = paths;
  assert.equal(digestOf(b), digestOf(c));
  assert.notEqual(digestOf(a), digestOf(b));
  assert.equal(digestOf(a), contentDigest('é = 0\n'), 'as its text is hashed');
  assert.equal(digestOf(join(folder.path, 'none.py')), undefined);
});

test('a listing that goes on and on ends with the signal, at first and later', async () => {
  const stop = new AbortController();
  const endless: FilePort = {
    ...createNodeFilePort(),
    list: (_root, ending) =>
      new Promise((_, reject) => ending?.addEventListener('abort', () => reject(ending.reason))),
  };
  const hashing = hashFiles(endless, ['/'], contentDigest, stop.signal);
  const { port } = await hashFiles(endless, [], contentDigest, signal);
  const listing = port.list('/', stop.signal);
  stop.abort();
  await assert.rejects(hashing, { name: 'AbortError' });
  await assert.rejects(listing, { name: 'AbortError' });
});
