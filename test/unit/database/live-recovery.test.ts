import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Activity } from '../../../src/database/activity.ts';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { readActivity } from '../../../src/database/live/read-activity.ts';
import { Monitor, type MonitorEvent } from '../../../src/database/monitor.ts';
import { startPostgres } from '../../../src/tools/postgres.ts';

test('a server that stops is told within five seconds, and its return is noticed', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'database-patterns-recovery-'));
  let server = await startPostgres({ directory });
  const target = readConnectionUrl(server.url);
  assert.ok(target.kind === 'postgresql');
  const connection = new LiveConnection(target);
  const monitor = new Monitor({ intervalMs: 50, read: signal => readActivity(connection, { signal }) });
  let heard: (event: MonitorEvent<Activity>) => void = () => {};
  const next = (kind: MonitorEvent<Activity>['kind']) =>
    new Promise<MonitorEvent<Activity>>(resolve => {
      heard = event => event.kind === kind && resolve(event);
    });
  try {
    const first = next('observation');
    monitor.listen(event => heard(event));
    await first;
    const failing = next('failure');
    const stopped = performance.now();
    await server.stop();
    const failure = await failing;
    assert.ok(performance.now() - stopped < 5000);
    assert.ok(failure.kind === 'failure');
    assert.match(failure.reason, /^(?:lost|refused|starting)$/);
    server = await startPostgres({ directory, port: server.port });
    await next('observation');
  } finally {
    monitor.dispose();
    await connection.dispose();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
});
