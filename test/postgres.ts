/**
 * The PostgreSQL server for tests: the one that `npm test` started for the whole run, or, when a test file is run
 * alone, one of its own. Each caller gets an empty database of its own, so files may run side by side.
 */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { startPostgres } from '../src/tools/postgres.ts';

export type TestDatabase = AsyncDisposable & {
  /** The address of the empty database, as a superuser. */
  readonly url: string;
};

/**
 * An empty database; disposing it drops the database, or stops the server when this call started one. What counts
 * sessions or roles of the whole server needs its `own`: other test files come and go on the shared one.
 */
export async function testDatabase(kind: 'shared' | 'own' = 'shared'): Promise<TestDatabase> {
  const shared = kind === 'shared' ? process.env.DBPATTERNS_TEST_POSTGRES : undefined;
  if (shared) return databaseOn(shared);
  const server = await startPostgres();
  const { url } = await databaseOn(server.url);
  return { url, [Symbol.asyncDispose]: () => server.stop() };
}

/** An empty database on a server that runs already; disposing it drops the database. */
export async function databaseOn(serverUrl: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(serverUrl, `CREATE DATABASE ${name}`);
  return {
    url: databaseUrl(serverUrl, name),
    [Symbol.asyncDispose]: () => execute(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
