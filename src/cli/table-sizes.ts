/** The sizes of a database's tables, for the migration rules of `check --database-url`. */
import { readConnectionUrl } from '../database/connection-url.ts';
import { readServices } from '../database/libpq/read-services.ts';
import { LiveConnection } from '../database/live/live-connection.ts';
import { readTableSizes } from '../database/live/table-sizes.ts';
import { environmentId } from '../workspace/migrations/environment-id.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import type { CliWorkspace } from './open-for-cli.ts';

/** The workspace as it was without a URL, or with that of another database than PostgreSQL. Throws DatabaseError. */
export async function withTableSizes(
  { store, workspace }: CliWorkspace,
  url: string | undefined,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<WorkspaceSnapshot> {
  if (url === undefined || workspace.environments.length === 0) return workspace;
  const target = readConnectionUrl(url, variables, readServices(variables));
  if (target.kind !== 'postgresql') return workspace;
  const connection = new LiveConnection(target);
  try {
    const sizes = { database: target.database ?? 'the database', tables: await readTableSizes(connection) };
    return store.setTableSizes(new Map(workspace.environments.map(each => [environmentId(each), sizes])));
  } finally {
    await connection.dispose();
  }
}
