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

export type SceneOptions = {
  /** Of PgBouncer. */
  readonly settings: Readonly<Record<string, string>>;
  /** Names that have entries of their own. */
  readonly databases?: readonly string[];
  /** Settings of the server. */
  readonly server?: Readonly<Record<string, string>>;
};

/** A server of its own and a PgBouncer before it. */
export function bouncerTest(
  name: string,
  { settings, databases = [], server: serverSettings = {} }: SceneOptions,
  body: (scene: BouncerScene, context: TestContext) => Promise<void>,
): void {
  test(name, { skip }, async context => {
    await using server = await startPostgres({ settings: serverSettings });
    await using bouncer = await startPgBouncer({
      program: program ?? '',
      serverUrl: server.url,
      databases,
      settings,
    });
    await body({ server, bouncer }, context);
  });
}
