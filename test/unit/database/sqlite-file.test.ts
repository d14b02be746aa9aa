import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sqliteLocks } from '../../../src/database/sqlite/file-locks.ts';
import { observeSqliteFile, type SqliteReport } from '../../../src/database/sqlite/observe-file.ts';
import { temporaryFolder } from '../../../src/tools/temporary-folder.ts';

/** A program that has run some SQL on the file and keeps it open until its input ends: locks belong to processes. */
async function holding(file: string, sql: string): Promise<ChildProcess> {
  const program = `const { DatabaseSync } = require('node:sqlite');
    const database = new DatabaseSync(${JSON.stringify(file)});
    database.exec(${JSON.stringify(sql)});
    console.log('ready');
    process.stdin.on('data', () => {}).on('end', () => { database.close(); });`;
  const child = spawn(process.execPath, ['--no-warnings', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', code => reject(new Error(`ended with ${code}`)));
  });
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  const exited = new Promise(resolve => child.once('exit', resolve));
  child.stdin?.end();
  await exited;
}

async function observe(file: string): Promise<SqliteReport> {
  const observation = await observeSqliteFile(file);
  assert.ok(observation.kind === 'observed', JSON.stringify(observation));
  return observation.report;
}

const rows =
  'CREATE TABLE t (x); INSERT INTO t SELECT randomblob(1000) FROM (VALUES (1),(2),(3),(4),(5),(6),(7),(8));';

test('a rollback journal: size, free pages, and who writes', async () => {
  await using folder = await temporaryFolder('sqlite');
  const file = join(folder.path, 'a.db');
  const child = await holding(file, `${rows} DELETE FROM t; BEGIN IMMEDIATE; INSERT INTO t VALUES (1);`);
  try {
    const { header, bytes, walBytes, journalBytes, locks } = await observe(file);
    assert.equal(header?.journal, 'rollback');
    assert.equal(bytes, (header?.pages ?? 0) * (header?.pageSize ?? 0));
    assert.ok((header?.freePages ?? 0) > 0);
    assert.equal(walBytes, null);
    assert.ok((journalBytes ?? 0) > 0);
    if (locks !== null)
      assert.ok(
        locks.some(({ pid, kind }) => pid === child.pid && kind === 'reserved'),
        JSON.stringify(locks),
      );
  } finally {
    await end(child);
  }
  const after = await observe(file);
  assert.deepEqual([after.journalBytes, after.locks ?? []], [null, []]);
});

test('a write-ahead log: its size, and who writes', async () => {
  await using folder = await temporaryFolder('sqlite');
  const file = join(folder.path, 'b.db');
  const child = await holding(
    file,
    `PRAGMA journal_mode = wal; ${rows} BEGIN IMMEDIATE; INSERT INTO t VALUES (1);`,
  );
  try {
    const { header, walBytes, locks } = await observe(file);
    assert.equal(header?.journal, 'wal');
    assert.ok((walBytes ?? 0) > 8000);
    if (locks !== null)
      assert.ok(
        locks.some(({ pid, kind }) => pid === child.pid && kind === 'wal writer'),
        JSON.stringify(locks),
      );
  } finally {
    await end(child);
  }
});

test('no file, an empty file, and another kind of file', async () => {
  await using folder = await temporaryFolder('sqlite');
  const at = (name: string) => join(folder.path, name);
  await writeFile(at('empty.db'), '');
  await writeFile(at('other.db'), 'x'.repeat(200));
  assert.match(JSON.stringify(await observeSqliteFile(at('none.db'))), /is not there/);
  assert.equal((await observe(at('empty.db'))).header, null);
  assert.match(JSON.stringify(await observeSqliteFile(at('other.db'))), /is no SQLite database/);
});

test('locks of other files, and lines of another kind, are passed over', () => {
  const text = `1: POSIX  ADVISORY  WRITE 11 08:01:42 1073741825 1073741825
2: POSIX  ADVISORY  READ 12 08:01:42 1073741826 1073742335
3: FLOCK  ADVISORY  WRITE 13 08:01:42 0 EOF
4: POSIX  ADVISORY  WRITE 14 08:01:43 120 120
5: -> POSIX  ADVISORY  WRITE 15 08:01:42 1073741824 1073741824
6: POSIX  ADVISORY  WRITE 16 08:01:44 1073741825 1073741825`;
  assert.deepEqual(sqliteLocks(text, { database: 42, sharedMemory: 43 }), [
    { pid: 11, kind: 'reserved' },
    { pid: 12, kind: 'shared' },
    { pid: 14, kind: 'wal writer' },
  ]);
});
