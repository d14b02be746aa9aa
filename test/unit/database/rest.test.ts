// A laptop that slept, and a clock that was moved: what a session does that has rested.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { startPostgres } from '../../../src/tools/postgres.ts';
import { waitFor } from '../../wait-for.ts';

test('after half an hour of sleep a fresh session answers, though the old one is dead without a word', async () => {
  await using server = await startPostgres();
  const target = readConnectionUrl(server.url);
  assert.ok(target.kind === 'postgresql');
  let clock = Date.now();
  const connection = new LiveConnection(target, { now: () => clock });
  const ask = async () => Number((await connection.rows('SELECT pg_backend_pid() AS pid'))[0]?.pid);
  try {
    const before = await ask();
    assert.equal(await ask(), before);
    clock -= 3_600_000;
    assert.equal(await ask(), before, 'a clock that is set back is no rest');
    process.kill(before, 'SIGSTOP');
    clock += 1_800_000;
    const after = await ask();
    assert.notEqual(after, before);
    process.kill(before, 'SIGCONT');
    await waitFor('the end of the old session', async () => {
      const [row] = await connection.rows(
        "SELECT array_agg(pid) AS pids FROM pg_stat_activity WHERE application_name = 'database-patterns'",
      );
      return JSON.stringify(row?.pids) === JSON.stringify([after]);
    });
  } finally {
    await connection.dispose();
  }
});
