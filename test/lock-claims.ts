/**
 * Every claim about locks, on a real server. While the statement's transaction is open: the mode in pg_locks, the table's
 * file and scans, and another session that reads and writes and is, or is not, kept waiting.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from 'pg';
import {
  type Blocked,
  blockedBy,
  type LockFact,
  type LockMode,
  lockFacts,
  type Work,
} from '../src/rules/shared/revisions/lock-facts.ts';
import type { PostgresServer } from '../src/tools/postgres.ts';

let server: PostgresServer;
let admin: Client;
let worker: Client;
let other: Client;

/** One test a claim, on a server that `start` starts: the claims look at every lock in it, and need tablespaces in place. */
export function testLockClaims(
  start: (settings: Readonly<Record<string, string>>) => Promise<PostgresServer>,
): void {
  before(async () => {
    server = await start({ allow_in_place_tablespaces: 'on', autovacuum: 'off' });
    admin = await open();
    await admin.query("CREATE TABLESPACE other LOCATION ''");
    await admin.query('CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler');
    worker = await open();
    other = await open();
  });
  after(async () => {
    await Promise.all([admin.end(), worker.end(), other.end()]);
    await server.stop();
  });
  for (const [name, fact] of Object.entries<LockFact>(lockFacts)) {
    test(`${name}: ${fact.sql}`, async () => {
      await admin.query(fixture);
      if (fact.setup !== undefined) await admin.query(fact.setup);
      await (fact.outside ? checkOutside(fact) : checkInside(fact));
    });
  }
}

async function open(): Promise<Client> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  return client;
}

/** The tables that the claims speak of. */
export const lockTables = `CREATE TABLE parent (id int PRIMARY KEY);
INSERT INTO parent SELECT generate_series(1, 100);
CREATE TABLE t (id int NOT NULL, n int, note varchar(50), price numeric(10, 2), at timestamp);
INSERT INTO t SELECT i, i, 'note', 1, now() FROM generate_series(1, 100) AS i;
CREATE INDEX t_note ON t (note);
CREATE TABLE parted (id int NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE part PARTITION OF parted FOR VALUES FROM (1) TO (100);
INSERT INTO parted SELECT generate_series(1, 99);
CREATE TABLE archive (id int NOT NULL);
INSERT INTO archive SELECT generate_series(100, 199);
CREATE MATERIALIZED VIEW view AS SELECT id FROM parent;
CREATE UNIQUE INDEX ON view (id);`;

const fixture = `DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n${lockTables}`;

async function checkInside(fact: LockFact): Promise<void> {
  const table = fact.on ?? 't';
  await worker.query('BEGIN');
  try {
    const file = await fileOf(worker, table);
    const { oid } = await relationOf(worker, table);
    await worker.query(fact.sql);
    const modes = await modesOf(oid);
    assert.equal(strongest(modes), fact.mode);
    await assertBlocked(table, blockedBy(fact));
    assert.equal(await workDone(oid, file), fact.work);
    if (fact.other) {
      const others = await modesOf((await relationOf(other, fact.other.table)).oid);
      assert.equal(strongest(others), fact.other.mode);
      await assertBlocked(fact.other.table, blockedBy({ ...fact, mode: fact.other.mode }));
    }
  } finally {
    await worker.query('ROLLBACK');
  }
}

/** What cannot be kept open is stopped before it begins: another transaction holds the weakest lock that it has to wait for. */
async function checkOutside(fact: LockFact): Promise<void> {
  const table = fact.on ?? 't';
  const { oid } = await relationOf(admin, table);
  const file = await fileOf(admin, table);
  await other.query('BEGIN');
  await other.query(`LOCK TABLE ${table} IN ${weakestConflict(fact.mode)} MODE`);
  const running = worker.query(fact.sql);
  try {
    const modes = await until(
      () => modesOf(oid),
      found => found.length > 0,
    );
    assert.equal(strongest(modes), fact.mode);
  } finally {
    await other.query('COMMIT');
    await running;
  }
  const rewritten = (await fileOf(admin, table)) !== file;
  assert.equal(rewritten, fact.work === 'rewrite');
}

function weakestConflict(mode: LockMode): string {
  return mode === 'ACCESS EXCLUSIVE' ? 'ACCESS SHARE' : 'SHARE UPDATE EXCLUSIVE';
}

interface Relation {
  readonly oid: number;
}

async function relationOf(client: Client, name: string): Promise<Relation> {
  const { rows } = await client.query<Relation>('SELECT $1::regclass::oid AS oid', [name]);
  assert.ok(rows[0]);
  return rows[0];
}

async function fileOf(client: Client, name: string): Promise<number> {
  const { rows } = await client.query('SELECT relfilenode FROM pg_class WHERE oid = $1::regclass', [name]);
  return rows[0].relfilenode;
}

/** Of the session under test. */
async function modesOf(oid: number): Promise<readonly string[]> {
  const { rows } = await admin.query(
    `SELECT mode FROM pg_locks WHERE locktype = 'relation' AND relation = $1
     AND pid = (SELECT pid FROM pg_stat_activity WHERE pid = $2)`,
    [oid, processOf(worker)],
  );
  return rows.map(row => modeNames[row.mode] ?? row.mode);
}

const modeNames: Readonly<Record<string, string>> = {
  RowExclusiveLock: 'ROW EXCLUSIVE',
  ShareUpdateExclusiveLock: 'SHARE UPDATE EXCLUSIVE',
  ShareLock: 'SHARE',
  ShareRowExclusiveLock: 'SHARE ROW EXCLUSIVE',
  ExclusiveLock: 'EXCLUSIVE',
  AccessExclusiveLock: 'ACCESS EXCLUSIVE',
};

const weakestFirst: readonly LockMode[] = [
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
];

function strongest(modes: readonly string[]): string | undefined {
  return weakestFirst.findLast(mode => modes.includes(mode));
}

async function workDone(oid: number, file: number): Promise<Work> {
  const { rows } = await worker.query('SELECT relfilenode FROM pg_class WHERE oid = $1', [oid]);
  const gone = rows.length === 0;
  if (!gone && rows[0].relfilenode !== file) return 'rewrite';
  const scans = await worker.query('SELECT seq_scan FROM pg_stat_xact_all_tables WHERE relid = $1', [oid]);
  if (gone || Number(scans.rows[0]?.seq_scan ?? 0) === 0) return 'none';
  const { rows: indexes } = await worker.query(
    'SELECT 1 FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indrelid = $1 AND pg_class.xmin = pg_current_xact_id()::xid',
    [oid],
  );
  return indexes.length > 0 ? 'index' : 'scan';
}

/** A wait ends only by the lock's release or after lock_timeout, which counts nothing but waiting: no race with the clock. */
async function assertBlocked(table: string, blocked: Blocked): Promise<void> {
  assert.equal(await waits(`SELECT FROM ${table} LIMIT 0`), blocked === 'reads and writes', 'a reader waits');
  if (table === 'view') return;
  assert.equal(await waits(`DELETE FROM ${table} WHERE false`), blocked !== 'nobody', 'a writer waits');
}

async function waits(sql: string): Promise<boolean> {
  await other.query('SET lock_timeout = 20');
  try {
    await other.query(sql);
    return false;
  } catch (error) {
    assert.equal((error as { code?: string }).code, '55P03', String(error));
    return true;
  } finally {
    await other.query('RESET lock_timeout');
  }
}

async function until<Value>(look: () => Promise<Value>, holds: (value: Value) => boolean): Promise<Value> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    assert.ok(performance.now() < deadline, `waited in vain, last seen: ${JSON.stringify(value)}`);
  }
}

/** The driver knows its server process; its types do not say so. */
function processOf(client: Client): number {
  return (client as unknown as { processID: number }).processID;
}
