/** The figures of one connection as a file: its sessions as CSV, or all that is known as JSON. Pure. */
import type { PoolConnection, PoolFigures, ServerReading } from '../../protocol/pools.ts';
import { type AgedSession, agedSessions } from '../../protocol/session-line.ts';

const columns = [
  'pid',
  'startedAt',
  'application',
  'user',
  'client',
  'state',
  'stateSeconds',
  'transactionSeconds',
  'wait',
  'blockedBy',
  'query',
] as const satisfies readonly (keyof AgedSession)[];

/** As RFC 4180 has it, with a first line of names. */
export function sessionsCsv({ observation }: PoolConnection): string {
  const sessions = observation.kind === 'observed' ? agedSessions(observation) : [];
  const rows = sessions.map(session => columns.map(column => csvCell(session[column])));
  return `${[columns, ...rows].map(cells => cells.join(',')).join('\r\n')}\r\n`;
}

export function connectionJson(connection: PoolConnection, past: readonly PoolFigures[]): string {
  const { id, label } = connection;
  const observation =
    connection.observation.kind === 'observed' ? withAges(connection.observation) : connection.observation;
  return `${JSON.stringify({ version: 1, connection: { id, label }, observation, past }, null, 2)}\n`;
}

function withAges(reading: ServerReading) {
  return { ...reading, sessions: agedSessions(reading) };
}

/** A text that a spreadsheet would take for a formula is kept from being one. */
function csvCell(value: AgedSession[(typeof columns)[number]]): string {
  const text = Array.isArray(value) ? value.join(' ') : String(value ?? '');
  const harmless = /^[=+@\t\r-]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
