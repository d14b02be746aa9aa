// A password that stands where libpq keeps it.
import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConnectionUrl } from '../../../../src/database/connection-url.ts';
import { LiveConnection } from '../../../../src/database/live/live-connection.ts';
import { temporaryFolder } from '../../../../src/tools/temporary-folder.ts';
import { testDatabase } from '../../../postgres.ts';

test('PGPASSFILE: the first line that fits, from a file that is nobody else’s to read', async () => {
  await using database = await testDatabase();
  await using folder = await temporaryFolder('passwords');
  const url = new URL(database.url);
  const file = join(folder.path, 'pgpass');
  const lines = [
    'other.example:*:*:*:wrong',
    `${url.hostname}:${url.port}:*:${url.username}:${url.password}`,
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  url.password = '';
  const target = readConnectionUrl(url.href);
  assert.ok(target.kind === 'postgresql');
  const outcome = async () => {
    const live = new LiveConnection(target);
    return live
      .rows('SELECT 1')
      .then(() => 'reached', String)
      .finally(() => live.dispose());
  };
  const before = process.env.PGPASSFILE;
  process.env.PGPASSFILE = file;
  try {
    await chmod(file, 0o600);
    assert.equal(await outcome(), 'reached');
    await chmod(file, 0o644);
    assert.match(await outcome(), /password/);
  } finally {
    if (before === undefined) delete process.env.PGPASSFILE;
    else process.env.PGPASSFILE = before;
  }
});
