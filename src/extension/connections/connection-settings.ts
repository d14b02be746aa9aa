/** Entries of the setting `connections`: adds one, and marks a connection wherever it was found. */

import { withoutPasswords } from '../../protocol/connection-text.ts';
import type { ConnectionInfo } from '../../protocol/connections.ts';
import type { ConnectionSetting } from '../../protocol/manifest/settings.ts';
import { readSetting, writeSetting } from '../settings.ts';

export async function addSetting(entry: ConnectionSetting): Promise<void> {
  const known = readSetting('connections');
  if (!known.some(({ url }) => url === entry.url)) await writeSetting('connections', [...known, entry]);
}

export interface Marks {
  readonly group?: string;
  readonly color?: ConnectionSetting['color'] | undefined;
  readonly protected?: boolean;
}

/** On the connection's own entry, or on a new one that bears its URL. */
export async function markConnection(connection: ConnectionInfo, marks: Marks): Promise<void> {
  const known = readSetting('connections');
  const own = known.find(({ url }) => connection.settingsUrls.includes(withoutPasswords(url)));
  const marked = withMarks(own ?? { url: connection.url }, marks);
  const entries =
    own === undefined ? [...known, marked] : known.map(entry => (entry === own ? marked : entry));
  await writeSetting('connections', entries);
}

/** A mark that is empty or false is taken away. */
function withMarks(entry: ConnectionSetting, marks: Marks): ConnectionSetting {
  const all = Object.entries({ ...entry, ...marks });
  return Object.fromEntries(
    all.filter(([, value]) => value !== undefined && value !== '' && value !== false),
  ) as unknown as ConnectionSetting;
}
