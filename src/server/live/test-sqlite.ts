/** Whether an SQLite file can be read: what the test of its connection tells. */
import { readSqliteRevisions } from '../../database/sqlite/applied-revisions.ts';
import type { ConnectionState } from '../../protocol/connections.ts';

export async function testSqlite(file: string | null): Promise<ConnectionState> {
  if (file === null) {
    return {
      kind: 'unsupported',
      message: 'A database in memory exists only inside the program that made it.',
    };
  }
  const begin = performance.now();
  const answer = await readSqliteRevisions(file, 'alembic_version');
  if (answer.kind === 'unavailable') {
    return { kind: 'unreachable', reason: 'unreadable', message: answer.reason, since: Date.now() };
  }
  const latencyMs = performance.now() - begin;
  return { kind: 'reachable', server: 'SQLite', role: 'primary', system: null, latencyMs, others: [] };
}
