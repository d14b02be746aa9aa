/** The schema of the database that a URL names. */
import { readConnectionUrl } from '../database/connection-url.ts';
import { readServices } from '../database/libpq/read-services.ts';
import { LiveConnection } from '../database/live/live-connection.ts';
import { readSchema, readSchemaNames } from '../database/live/read-schema.ts';
import type { DatabaseSchema } from '../schema/schema.ts';
import { UsageError } from './usage-error.ts';

export interface DatabaseSource {
  readonly url: string;
  /** By which libpq's defaults are found. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Schemas besides the first of the search path. */
  readonly schemas: readonly string[] | 'all';
}

/** Throws UsageError for a URL of another database, DatabaseError where the server does not answer. */
export async function databaseSchema(
  { url, variables, schemas }: DatabaseSource,
  signal: AbortSignal,
): Promise<DatabaseSchema> {
  const target = readConnectionUrl(url, variables, readServices(variables));
  if (target.kind !== 'postgresql')
    throw new UsageError('The schema is read from PostgreSQL: give a URL of it');
  const connection = new LiveConnection(target);
  try {
    const named = schemas === 'all' ? await readSchemaNames(connection, signal) : schemas;
    return await readSchema(connection, { schemas: named }, signal);
  } finally {
    await connection.dispose();
  }
}
