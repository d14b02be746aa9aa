import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { silentLogger } from '../../../src/base/logger.ts';
import type { SqlQuestion } from '../../../src/database/judge.ts';
import { ShadowDatabase, type ShadowOptions } from '../../../src/database/shadow/shadow-database.ts';
import type { DdlStatement } from '../../../src/schema/ddl.ts';
import { waitFor } from '../../wait-for.ts';
import { shadowEntry, shadowSnapshot } from './shadow-snapshot.ts';

let snapshot: string;
let shadow: ShadowDatabase;

before(async () => {
  snapshot = await shadowSnapshot();
  shadow = open();
});
after(() => shadow.dispose());

function open(options: Partial<ShadowOptions> = {}): ShadowDatabase {
  return new ShadowDatabase({
    entry: shadowEntry,
    snapshot,
    logger: silentLogger,
    idleMs: 60_000,
    ...options,
  });
}

function table(name: string, columns: string): DdlStatement {
  return {
    sql: `CREATE TABLE ${name} (${columns})`,
    table: { schema: null, name },
    refersTo: null,
    simplified: null,
    bare: null,
  };
}

function questionOf(sql: string): SqlQuestion {
  return { sql, parameterTypes: [] };
}

async function kindOf(sql: string): Promise<string> {
  return (await shadow.describe(sql)).kind;
}

function pid(): number {
  return shadow.pid ?? assert.fail('not running');
}

test('nothing runs before it is needed; then one process judges against the newest schema', async () => {
  assert.equal(shadow.pid, undefined);
  void shadow.setSchema([table('a', 'x int')], '1');
  assert.equal(await kindOf('SELECT x FROM a'), 'ok');
  const first = pid();
  void shadow.setSchema([table('a', 'y int')], '2');
  assert.equal(await kindOf('SELECT x FROM a'), 'error');
  assert.equal(pid(), first);
});

test('many statements get their verdicts in order', async () => {
  await shadow.setSchema([table('a', 'x int')], '3');
  const sqls = Array.from({ length: 300 }, (_, index) =>
    index % 3 === 0 ? `SELECT nope, ${index} FROM a` : `SELECT x, ${index} FROM a`,
  );
  const verdicts = await shadow.describeAll(sqls.map(questionOf));
  assert.deepEqual(
    verdicts.map(verdict => verdict.kind),
    sqls.map(sql => (sql.includes('nope') ? 'error' : 'ok')),
  );
});

test('a process that is killed is started again, with the schema, and nobody notices', async () => {
  await shadow.setSchema([table('a', 'x int')], '4');
  const killed = pid();
  const sqls = Array.from({ length: 100 }, (_, index) => `SELECT x, ${index} AS k FROM a`);
  const asked = shadow.describeAll(sqls.map(questionOf));
  process.kill(killed, 'SIGKILL');
  assert.ok((await asked).every(verdict => verdict.kind === 'ok'));
  assert.notEqual(pid(), killed);
});

test('a process that hangs is ended and started again', async () => {
  const impatient = open({ hangMs: 1000 });
  try {
    await impatient.setSchema([table('a', 'x int')], '1');
    const hanging = impatient.pid ?? assert.fail();
    process.kill(hanging, 'SIGSTOP');
    assert.equal((await impatient.describe('SELECT x FROM a')).kind, 'ok');
    assert.notEqual(impatient.pid, hanging);
  } finally {
    impatient.dispose();
  }
});

test('an idle process is stopped, and comes back when asked', async () => {
  const sleepy = open({ idleMs: 1 });
  try {
    await sleepy.setSchema([table('a', 'x int')], '1');
    await waitFor('the process to be stopped', () => sleepy.pid === undefined);
    assert.equal((await sleepy.describe('SELECT x FROM a')).kind, 'ok');
  } finally {
    sleepy.dispose();
  }
});

test('an abort is heard at once and harms nothing', async () => {
  const abort = new AbortController();
  const asked = shadow.describe('SELECT 1 AS aborted', { signal: abort.signal });
  abort.abort();
  await assert.rejects(asked, { name: 'AbortError' });
  assert.equal(await kindOf('SELECT 1 AS aborted'), 'ok');
});

test('a process that cannot start is a reason, not a failure', async () => {
  const broken = open({ snapshot: shadowEntry });
  const verdict = await broken.describe('SELECT 1');
  assert.equal(verdict.kind, 'unavailable');
  await broken.setSchema([], '1');
  broken.dispose();
});

test('after disposal there is no process and no judgement', async () => {
  const done = open();
  await done.describe('SELECT 1');
  done.dispose();
  assert.equal(done.pid, undefined);
  assert.equal((await done.describe('SELECT 2')).kind, 'unavailable');
});

function types(length: number): readonly DdlStatement[] {
  return Array.from({ length }, (_, index) => ({
    ...table('', ''),
    sql: `CREATE TYPE t${index} AS ENUM ()`,
    table: null,
  }));
}

test('a schema of many types tells how far it is, and when it stands', async () => {
  const told: (number | null)[] = [];
  using many = open({ building: progress => told.push(progress && progress.done / progress.total) });
  await many.setSchema(types(160), '1');
  assert.deepEqual(told, [0, 0.4, 0.8, null]);
});

test('a process that starts before its schema is known builds it once', async () => {
  const told: unknown[] = [];
  using early = open({ building: progress => told.push(progress) });
  early.start();
  void early.setSchema([table('a', 'x int')], '1');
  assert.equal((await early.describe('SELECT x FROM a')).kind, 'ok');
  assert.equal((await early.describe('SELECT y FROM a')).kind, 'error');
  assert.deepEqual(told, [null]);
});

test('a schema that comes while the process starts with another one is the one that counts', async () => {
  using hurried = open();
  void hurried.setSchema([table('a', 'x int')], '1');
  void hurried.setSchema([table('a', 'y int')], '2');
  assert.equal((await hurried.describe('SELECT y FROM a')).kind, 'ok');
});

test('a process that is killed while it builds the schema is started again, and builds it', async () => {
  let killed: number | undefined;
  using many = open({
    building: progress => {
      if (!progress || progress.done === 0 || killed !== undefined) return;
      killed = many.pid ?? assert.fail('not running');
      process.kill(killed, 'SIGKILL');
    },
  });
  const built = many.setSchema(types(160), '1');
  assert.equal((await many.describe('SELECT $1::t159')).kind, 'ok');
  await built;
  assert.notEqual(many.pid, killed);
});
