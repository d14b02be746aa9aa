/** Whether a database must not be changed without its name being typed. */
import type { ConnectionInfo } from '../../protocol/connections.ts';
import { readSetting } from '../settings.ts';

/** An entry of `databasePatterns.connections` with the connection's URL says so. */
export function isProtected(connections: readonly ConnectionInfo[], id: string): boolean {
  const urls = connections.find(connection => connection.id === id)?.settingsUrls ?? [];
  return readSetting('connections').some(
    entry => urls.includes(entry.url) && 'protected' in entry && entry.protected === true,
  );
}
