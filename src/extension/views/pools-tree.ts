/** The rows of the Pools view: a connection, its server's capacity, a line an application, its sessions below. */
import type {
  PoolConnection,
  PoolLine,
  PoolReading,
  PoolSession,
  PoolWarning,
  ServerCapacity,
} from '../../protocol/pools.ts';
import { clockTime, duration } from './clock-time.ts';
import type { NodeIcon, TreeNode } from './tree-node.ts';
import { bad, doubtful, good } from './tree-node.ts';

export function poolsTree(connections: readonly PoolConnection[]): readonly TreeNode[] {
  return connections.map(connectionNode);
}

/** Always with a row below: VS Code would keep a row that once had none collapsed when it gets some. */
function connectionNode(connection: PoolConnection): TreeNode {
  const { id, label, observation } = connection;
  return {
    id,
    label,
    icon: { name: 'database' },
    spoken: `Pools of ${label}`,
    expanded: true,
    children: observationNodes(id, observation),
  };
}

function observationNodes(id: string, observation: PoolReading): readonly TreeNode[] {
  switch (observation.kind) {
    case 'waiting':
      return [
        { id: `${id}/state`, label: 'Connecting…', icon: { name: 'loading~spin' }, spoken: 'Connecting' },
      ];
    case 'failed': {
      const label = `${observation.message} (since ${clockTime(observation.since)})`;
      const icon = observation.needsPassword ? { name: 'key', ...doubtful } : { name: 'error', ...bad };
      return [{ id: `${id}/state`, label, icon, spoken: `No figures: ${label}` }];
    }
    case 'observed':
      return [
        capacityNode(id, observation.capacity),
        ...observation.applications.map(line => poolNode(id, line)),
      ];
  }
}

function capacityNode(connection: string, capacity: ServerCapacity): TreeNode {
  const id = `${connection}/capacity`;
  const figures = `sessions ${capacity.sessions} of ${capacity.limit}`;
  const others =
    capacity.otherDatabases === 0 ? '' : `\n${capacity.otherDatabases} of them in other databases.`;
  return {
    id,
    label: 'Server',
    description: figures,
    tooltip: `${capacity.sessions} of the ${capacity.limit} sessions that the server allows ordinary users, ${capacity.own} of them by Database Patterns itself.${others}`,
    icon: { name: 'server', ...colorOf(capacity.sessions / Math.max(1, capacity.limit)) },
    spoken: `Server, ${figures}`,
    children: capacity.warnings.map((warning, index) => warningNode(id, warning, index)),
    expanded: true,
  };
}

function poolNode(connection: string, line: PoolLine): TreeNode {
  const id = `${connection}/${line.id}`;
  const figures = figuresOf(line);
  return {
    id,
    label: line.application,
    description: figures,
    tooltip: poolTooltip(line, figures),
    icon: poolIcon(line),
    contextValue: line.engine === null ? 'pool' : 'pool engine',
    spoken: [
      `Pool ${line.application}`,
      spokenFigures(line),
      ...line.warnings.map(({ message }) => message),
    ].join(', '),
    ...(line.engine === null ? {} : { subject: { kind: 'place', place: line.engine } }),
    children: [
      ...line.warnings.map((warning, index) => warningNode(id, warning, index)),
      ...line.sessions.map(session => sessionNode(id, session)),
      ...unlistedNode(id, line.unlistedSessions),
    ],
  };
}

/**
 * `▮▯▯▯▯ 3/15 in use · 2 idle · 0 waiting`; no bar without a known limit. A narrow sidebar cuts the end off, so
 * sessions that wait come first.
 */
function figuresOf({ inUse, idle, waiting, limit }: PoolLine): string {
  const used = limit === null ? `${inUse} in use` : `${barOf(inUse, limit)} ${inUse}/${limit} in use`;
  const figures =
    waiting > 0 ? [`${waiting} waiting`, used, `${idle} idle`] : [used, `${idle} idle`, `${waiting} waiting`];
  return figures.join(' · ');
}

function spokenFigures({ inUse, idle, waiting, limit }: PoolLine): string {
  return `in use ${inUse}${limit === null ? '' : ` of ${limit}`}, idle ${idle}, waiting ${waiting}`;
}

/** At most five cells; one that is in use shows even where it is less than a cell. */
function barOf(inUse: number, limit: number): string {
  const cells = Math.min(5, Math.max(1, limit));
  const filled = Math.min(cells, Math.ceil((inUse / Math.max(1, limit)) * cells));
  return '▮'.repeat(filled) + '▯'.repeat(cells - filled);
}

function poolTooltip(line: PoolLine, figures: string): string {
  const rows = [
    `${line.application}: ${figures}`,
    line.limit === null
      ? 'The code does not say how large this pool may grow.'
      : `Limit ${line.limit}: ${line.limitReason ?? 'from the code'}, for one process.`,
    line.idleInTransaction > 0
      ? `${line.idleInTransaction} of those in use are idle inside a transaction.`
      : null,
    line.oldestTransactionSeconds === null
      ? null
      : `Oldest transaction: ${duration(line.oldestTransactionSeconds)}.`,
    'Waiting means waiting for a lock. Requests that wait inside the application for a connection cannot be seen from the database.',
  ];
  return rows.filter(row => row !== null).join('\n');
}

function poolIcon(line: PoolLine): NodeIcon {
  if (line.warnings.some(({ severity }) => severity === 'error')) return { name: 'error', ...bad };
  if (line.warnings.length > 0) return { name: 'warning', ...doubtful };
  return { name: 'circle-filled', ...colorOf(line.limit === null ? 0 : line.inUse / line.limit) };
}

function warningNode(pool: string, warning: PoolWarning, index: number): TreeNode {
  const icon = warning.severity === 'error' ? { name: 'error', ...bad } : { name: 'warning', ...doubtful };
  return {
    id: `${pool}!${index}`,
    label: warning.message,
    icon,
    spoken: `${warning.severity}: ${warning.message}`,
  };
}

function sessionNode(pool: string, session: PoolSession): TreeNode {
  const age = session.stateSeconds === null ? '' : ` ${duration(session.stateSeconds)}`;
  const wait = session.wait === null ? '' : ` · waits for ${session.wait}`;
  return {
    id: `${pool}/${session.pid}`,
    label: String(session.pid),
    description: `${session.state}${age}${wait}`,
    icon: sessionIcon(session),
    spoken: `Session ${session.pid}, ${session.state}${age}${wait}`,
  };
}

function sessionIcon(session: PoolSession): NodeIcon {
  if (session.wait?.startsWith('Lock')) return { name: 'lock', ...doubtful };
  if (session.state === 'active') return { name: 'play', ...good };
  return { name: session.state.startsWith('idle in transaction') ? 'debug-pause' : 'circle-outline' };
}

function unlistedNode(pool: string, count: number): readonly TreeNode[] {
  if (count === 0) return [];
  const label = `${count} more sessions`;
  return [{ id: `${pool}/more`, label, icon: { name: 'ellipsis' }, spoken: label }];
}

function colorOf(share: number): { readonly color: string } {
  if (share >= 1) return bad;
  return share >= 0.8 ? doubtful : good;
}
