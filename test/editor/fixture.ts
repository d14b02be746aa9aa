/** What the editor tests look at: a copy of the sample workspace with a PostgreSQL of its own, one migration behind. */
import { join } from 'node:path';
import { startPostgres } from '../../src/tools/postgres.ts';
import { copyShop, prepareShopDatabase, shopEnvironment } from '../../src/tools/shop.ts';
import { type TemporaryFolder, temporaryFolder } from '../../src/tools/temporary-folder.ts';

export type Fixture = AsyncDisposable & {
  /** For everything else that the run needs; removed with the fixture. */
  readonly folder: TemporaryFolder['path'];
  readonly workspace: string;
};

export async function prepareFixture(signal: AbortSignal | undefined): Promise<Fixture> {
  const environment = await shopEnvironment(signal);
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder('editor'));
  const postgres = stack.use(await startPostgres({ signal }));
  const workspace = join(folder.path, 'shop');
  await copyShop(workspace, environment);
  await prepareShopDatabase({ serverUrl: postgres.url, workspace, environment, signal });
  const kept = stack.move();
  return { folder: folder.path, workspace, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
