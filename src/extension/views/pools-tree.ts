/** The rows of the Pools view: a connection, its server's capacity, a line an application, its sessions below. */
import { clockTime, duration } from '../../base/clock-time.ts';
import { barOf } from '../../base/text-bar.ts';
import type { PoolConnection, PoolLine, ServerCapacity, ServerReading } from '../../protocol/pools.ts';
import { bouncerNodes } from './bouncer-nodes.ts';
import { colorOf, warningNode } from './pool-marks.ts';
import { sessionNode } from './session-node.ts';
import { sqliteNodes } from './sqlite-nodes.ts';
import type { NodeIcon, TreeNode } from './tree-node.ts';
import { bad, doubtful } from './tree-node.ts';

/** `threshold`: the part of a limit, from 0 to 1, from which a pool is marked. */
export function poolsTree(connections: readonly PoolConnection[], threshold: number): readonly TreeNode[] {
  return connections.map(connection => keptNode(connection, threshold));
}

interface KeptNode {
  readonly threshold: number;
  readonly node: TreeNode;
}

const kept = new WeakMap<PoolConnection, KeptNode>();

/** A connection that nothing was heard of keeps its rows, which then need no comparison. */
function keptNode(connection: PoolConnection, threshold: number): TreeNode {
  const before = kept.get(connection);
  if (before?.threshold === threshold) return before.node;
  const node = connectionNode(connection, threshold);
  kept.set(connection, { threshold, node });
  return node;
}

/** Always with a row below: VS Code would keep a row that once had none collapsed when it gets some. */
function connectionNode(connection: PoolConnection, threshold: number): TreeNode {
  const { id, label, marks } = connection;
  return {
    id,
    label,
    icon: { name: 'database', ...(marks.color === null ? {} : { color: `charts.${marks.color}` }) },
    ...(marks.protected ? { description: 'protected' } : {}),
    spoken: `Pools of ${label}${marks.protected ? ', protected' : ''}`,
    expanded: true,
    children: observationNodes(connection, threshold),
  };
}

/** Of one pool; more than anybody reads in a tree. The panel lists them all. */
const listedSessions = 50;

function observationNodes(connection: PoolConnection, threshold: number): readonly TreeNode[] {
  const { id, observation } = connection;
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
        capacityNode(id, observation.capacity, threshold),
        ...observation.unavailable.map((sentence, index) => ({
          id: `${id}/unavailable${index}`,
          label: sentence,
          icon: { name: 'circle-slash' },
          spoken: sentence,
        })),
        ...observation.applications.map(line =>
          poolNode({ connection, reading: observation }, line, threshold),
        ),
      ];
    case 'bouncer':
      return bouncerNodes(id, observation, threshold);
    case 'sqlite':
      return sqliteNodes(id, observation);
  }
}

function capacityNode(connection: string, capacity: ServerCapacity, threshold: number): TreeNode {
  const id = `${connection}/capacity`;
  const standby = capacity.role === 'standby' ? ` · standby${lagText(capacity.lagSeconds)}` : '';
  const { sessions, limit } = capacity;
  const figures = `sessions ${sessions}${limit === null ? '' : ` of ${limit}`}${standby}`;
  const all =
    limit === null
      ? `${sessions} sessions`
      : `${sessions} of the ${limit} sessions that the server allows ordinary users`;
  const others =
    capacity.otherDatabases === 0 ? '' : `\n${capacity.otherDatabases} of them in other databases.`;
  return {
    id,
    label: 'Server',
    description: figures,
    tooltip: `${all}, ${capacity.own} of them by Database Patterns itself.${others}${capacity.limits.map(each => `\nConnection limit: ${each}.`).join('')}`,
    icon: { name: 'server', ...colorOf(limit === null ? 0 : sessions / Math.max(1, limit), threshold) },
    spoken: `Server, ${figures}`,
    children: capacity.warnings.map((warning, index) => warningNode(id, warning, index)),
    expanded: true,
  };
}

function lagText(seconds: number | null): string {
  return seconds === null ? '' : seconds === 0 ? ', up to date' : `, ${duration(seconds)} behind`;
}

interface PoolPlace {
  readonly connection: PoolConnection;
  readonly reading: ServerReading;
}

function poolNode({ connection, reading }: PoolPlace, line: PoolLine, threshold: number): TreeNode {
  // No name that a server knows holds a NUL, so that no pool can be called as another's session is.
  const id = `${connection.id}\0${line.id}`;
  const sessions = reading.sessions.filter(({ pool }) => pool === line.id);
  const figures = figuresOf(line);
  return {
    id,
    label: line.application,
    description: figures,
    tooltip: poolTooltip(line, figures),
    icon: poolIcon(line, threshold),
    contextValue: line.engine === null ? 'pool' : 'pool engine',
    spoken: [
      `Pool ${line.application}`,
      spokenFigures(line),
      ...line.warnings.map(({ message }) => message),
    ].join(', '),
    ...(line.engine === null ? {} : { subject: { kind: 'place', place: line.engine } }),
    children: [
      ...line.warnings.map((warning, index) => warningNode(id, warning, index)),
      ...sessions
        .slice(0, listedSessions)
        .map(session => sessionNode({ pool: id, connection, reading }, session)),
      ...unlistedNode(id, line.sessions - Math.min(sessions.length, listedSessions)),
    ],
  };
}

/**
 * `▮▯▯▯▯ 3/15 in use · 2 idle · 0 waiting`; no bar without a known limit. A narrow sidebar cuts the end off, so
 * sessions that wait come first.
 */
function figuresOf(line: PoolLine): string {
  const { inUse, idle, limit } = line;
  const waiting = waitingOf(line);
  const used = limit === null ? `${inUse} in use` : `${barOf(inUse, limit)} ${inUse}/${limit} in use`;
  const figures =
    waiting > 0 ? [`${waiting} waiting`, used, `${idle} idle`] : [used, `${idle} idle`, `${waiting} waiting`];
  return figures.join(' · ');
}

/** For a lock, or inside the application for a connection. */
function waitingOf({ waiting, told }: PoolLine): number {
  return waiting + (told?.waiting ?? 0);
}

function spokenFigures(line: PoolLine): string {
  const { inUse, idle, limit } = line;
  const waiting = waitingOf(line);
  return `in use ${inUse}${limit === null ? '' : ` of ${limit}`}, idle ${idle}, waiting ${waiting}`;
}

function poolTooltip(line: PoolLine, figures: string): string {
  const rows = [
    `${line.application}: ${figures}`,
    line.settings === null ? null : `Engine: ${line.settings}.`,
    line.limit === null
      ? 'The code does not say how large this pool may grow.'
      : `Limit ${line.limit}: ${line.limitReason ?? 'from the code'}.`,
    line.idleInTransaction > 0
      ? `${line.idleInTransaction} of those in use are idle inside a transaction.`
      : null,
    line.oldestTransactionSeconds === null
      ? null
      : `Oldest transaction: ${duration(line.oldestTransactionSeconds)}.`,
    sourceText(line),
  ];
  return rows.filter(row => row !== null).join('\n');
}

function sourceText({ told }: PoolLine): string {
  if (told === null)
    return 'Inferred from the server’s sessions: waiting means waiting for a lock. Requests that wait inside the application for a connection are seen only where it tells, as the README describes.';
  const processes = told.processes === 1 ? 'one process' : `${told.processes} processes`;
  return `Told by ${processes}: ${told.checkedOut} checked out, ${told.overflow} of them overflow, ${told.waiting ?? 'unknown'} waiting, ${told.timeouts} timed out since the start.`;
}

function poolIcon(line: PoolLine, threshold: number): NodeIcon {
  if (line.warnings.some(({ severity }) => severity === 'error')) return { name: 'error', ...bad };
  if (line.warnings.length > 0) return { name: 'warning', ...doubtful };
  return { name: 'circle-filled', ...colorOf(line.limit === null ? 0 : line.inUse / line.limit, threshold) };
}

function unlistedNode(pool: string, count: number): readonly TreeNode[] {
  if (count <= 0) return [];
  const label = `${count} more sessions`;
  return [{ id: `${pool}/more`, label, icon: { name: 'ellipsis' }, spoken: label }];
}
