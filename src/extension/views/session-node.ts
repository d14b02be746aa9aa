/** The row of one session in the Pools view. */
import { duration } from '../../base/clock-time.ts';
import type { PoolConnection, ServerReading } from '../../protocol/pools.ts';
import { ageAt, type SessionLine } from '../../protocol/session-line.ts';
import type { NodeIcon, TreeNode } from './tree-node.ts';
import { doubtful, good } from './tree-node.ts';

export interface SessionPlace {
  /** The identifier of the row above. */
  readonly pool: string;
  readonly connection: PoolConnection;
  readonly reading: ServerReading;
}

export function sessionNode({ pool, connection, reading }: SessionPlace, session: SessionLine): TreeNode {
  const age = ageText(ageAt(reading, session.stateSince));
  const held = session.blockedBy.length === 0 ? '' : ` held by ${session.blockedBy.join(', ')}`;
  const wait = session.wait === null ? '' : ` · waits for ${session.wait}${held}`;
  const code = session.code === null ? '' : ` · ${session.code.text}`;
  const words = [
    'session',
    session.state === 'active' ? 'active' : null,
    session.code?.place ? 'code' : null,
  ];
  return {
    id: `${pool}\0${session.pid}`,
    label: String(session.pid),
    description: `${session.state}${age}${wait}${code}`,
    tooltip: tooltip(session, ageAt(reading, session.transactionSince)),
    icon: sessionIcon(session),
    contextValue: words.filter(word => word !== null).join(' '),
    spoken: `Session ${session.pid}, ${session.state}${age}${wait}${code}`,
    subject: { kind: 'session', connection, session },
  };
}

function tooltip(
  { pid, user, client, through, query }: SessionLine,
  transactionSeconds: number | null,
): string {
  const rows = [
    `Session ${pid} of ${user}${client === null ? '' : ` from ${client}`}`,
    through === null ? null : `Used by ${through} through PgBouncer.`,
    transactionSeconds === null ? null : `In a transaction for ${duration(transactionSeconds)}.`,
    query === '' ? null : query,
  ];
  return rows.filter(row => row !== null).join('\n');
}

function ageText(seconds: number | null): string {
  return seconds === null ? '' : ` ${duration(seconds)}`;
}

function sessionIcon(session: SessionLine): NodeIcon {
  if (session.wait?.startsWith('Lock')) return { name: 'lock', ...doubtful };
  if (session.state === 'active') return { name: 'play', ...good };
  return { name: session.state.startsWith('idle in transaction') ? 'debug-pause' : 'circle-outline' };
}
