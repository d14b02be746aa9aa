/** Whether a database must not be changed without its name being typed. */
import type { ConnectionInfo } from '../../protocol/connections.ts';

export function isProtected(connections: readonly ConnectionInfo[], id: string): boolean {
  return connections.some(connection => connection.id === id && connection.marks.protected);
}
