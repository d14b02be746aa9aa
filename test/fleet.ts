/** A primary and a standby that follows it by streaming, as real servers, for tests of roles, lag and failover. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runOrThrow } from '../src/tools/command.ts';
import { type PostgresServer, startPostgres } from '../src/tools/postgres.ts';
import { temporaryFolder } from '../src/tools/temporary-folder.ts';

export type Fleet = AsyncDisposable & {
  readonly primary: PostgresServer;
  readonly standby: PostgresServer;
};

/** The standby begins as a copy of the primary's files, taken while it is stopped. */
export async function startFleet(): Promise<Fleet> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder('fleet'));
  const [own, copy] = [join(folder.path, 'primary'), join(folder.path, 'standby')];
  await runOrThrow('chmod', ['755', folder.path]);
  const first = await startPostgres({ directory: own });
  await first.stop();
  await runOrThrow('cp', ['-a', own, copy]);
  await writeFile(join(copy, 'data', 'standby.signal'), '');
  const primary = stack.use(await startPostgres({ directory: own, port: first.port }));
  const { username, password, port } = new URL(primary.url);
  const primary_conninfo = `host=127.0.0.1 port=${port} user=${username} password=${password} application_name=replica`;
  const standby = stack.use(await startPostgres({ directory: copy, settings: { primary_conninfo } }));
  const kept = stack.move();
  return { primary, standby, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
