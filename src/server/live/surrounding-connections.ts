/** Connections that no file of the workspace names: in the editor's own environment, and the user's service file. Pure. */
import { isDatabaseUrl } from '../../database/connection-url.ts';
import { serviceUrl } from '../../database/libpq/service-file.ts';
import { noMarks } from '../../protocol/connections.ts';
import type { Surroundings } from './known-connections.ts';
import type { FoundConnection } from './ports.ts';

/** Services stand in a group of their own: they are a user's, not the project's. */
const serviceGroup = 'Services';

export function surroundingConnections({ environment, services }: Surroundings): readonly FoundConnection[] {
  const named = Object.entries(services).map(
    ([name, parameters]): FoundConnection => ({
      url: serviceUrl(parameters),
      name,
      origin: { kind: 'service-file', label: `pg_service.conf [${name}]`, place: null },
      folder: '/',
      marks: { ...noMarks, group: serviceGroup },
    }),
  );
  const variables = environmentUrls(environment).map(
    ([label, url]): FoundConnection => ({
      url,
      name: null,
      origin: { kind: 'environment', label, place: null },
      folder: '/',
    }),
  );
  return [...variables, ...named];
}

/** A bare URL, which libpq's variables fill in, where they name a server or a database. */
function environmentUrls(environment: Surroundings['environment']): readonly (readonly [string, string])[] {
  const { DATABASE_URL, PGHOST, PGDATABASE, PGSERVICE } = environment;
  return [
    ...(DATABASE_URL !== undefined && isDatabaseUrl(DATABASE_URL)
      ? [['$DATABASE_URL', DATABASE_URL] as const]
      : []),
    ...(PGHOST || PGDATABASE || PGSERVICE ? [['$PGHOST, $PGDATABASE', 'postgresql://'] as const] : []),
  ];
}
