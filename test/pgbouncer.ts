/** What tests of PgBouncer share: a test that runs on a real one, wherever the system has it or Debian's packages. */
import { type TestContext, test } from 'node:test';
import { pgBouncer } from '../src/tools/bootstrap-pgbouncer.ts';
import { type PgBouncer, startPgBouncer } from '../src/tools/pgbouncer.ts';
import { type PostgresServer, startPostgres } from '../src/tools/postgres.ts';

export type BouncerScene = {
  readonly server: PostgresServer;
  readonly bouncer: PgBouncer;
};

const program = await pgBouncer();
const skip =
  program === undefined ? 'there is no PgBouncer here, and no Debian packages to install it from' : false;

/** A server of its own and a PgBouncer before it. */
export function bouncerTest(
  name: string,
  settings: Readonly<Record<string, string>>,
  body: (scene: BouncerScene, context: TestContext) => Promise<void>,
): void {
  test(name, { skip }, async context => {
    await using server = await startPostgres();
    await using bouncer = await startPgBouncer({ program: program ?? '', serverUrl: server.url, settings });
    await body({ server, bouncer }, context);
  });
}
