/** The rows of a PgBouncer in the Pools view: its clients, and a line for each of its pools. */
import { duration } from '../../base/clock-time.ts';
import { barOf } from '../../base/text-bar.ts';
import type { BouncerLine, BouncerReading } from '../../protocol/pools.ts';
import { colorOf, warningNode } from './pool-marks.ts';
import { doubtful, type TreeNode } from './tree-node.ts';

export function bouncerNodes(
  connection: string,
  { version, clients, maxClients, pools, unlistedPools, notes }: BouncerReading,
  threshold: number,
): readonly TreeNode[] {
  // The order of the console, but for what does not fit.
  const busiest = pools.length <= listedPools ? pools : pools.toSorted((a, b) => weight(b) - weight(a));
  const figures = `${clients}${maxClients === null ? '' : ` of ${maxClients}`} clients`;
  return [
    {
      id: `${connection}/bouncer`,
      label: `PgBouncer ${version}`,
      description: figures,
      icon: { name: 'filter', ...colorOf(clients / Math.max(1, maxClients ?? clients + 1), threshold) },
      spoken: `PgBouncer ${version}, ${figures}`,
    },
    ...busiest.slice(0, listedPools).map(pool => poolNode(connection, pool, threshold)),
    ...notes.map((note, index) => ({
      id: `${connection}/note${index}`,
      label: note,
      icon: { name: 'history' },
      spoken: note,
    })),
    ...morePools(connection, unlistedPools + Math.max(0, pools.length - listedPools)),
  ];
}

/** Of one PgBouncer; the panel lists more. */
const listedPools = 50;

function weight({ clientsWaiting, clientsActive, serversActive }: BouncerLine): number {
  return clientsWaiting * 1e6 + serversActive * 1e3 + clientsActive;
}

function morePools(connection: string, count: number): readonly TreeNode[] {
  if (count === 0) return [];
  const label = `${count} more pools`;
  return [{ id: `${connection}/more`, label, icon: { name: 'ellipsis' }, spoken: label }];
}

function poolNode(connection: string, pool: BouncerLine, threshold: number): TreeNode {
  const { database, user, mode, serversActive, serversIdle, clientsWaiting, limit } = pool;
  const id = `${connection}\0${database}\0${user}`;
  const used =
    limit === null
      ? `${serversActive} in use`
      : `${barOf(serversActive, limit)} ${serversActive}/${limit} in use`;
  const waiting = `${clientsWaiting} waiting${clientsWaiting === 0 ? '' : ` for ${duration(pool.longestWaitSeconds)}`}`;
  const parts = clientsWaiting > 0 ? [waiting, used] : [used, waiting];
  const figures = [...parts, `${serversIdle} idle`, `${pool.clientsActive} clients`].join(' · ');
  return {
    id,
    label: `${database} as ${user}`,
    description: figures,
    tooltip: `${mode} pooling; the sessions that it holds on the server are ${serversActive} in use and ${serversIdle} idle.`,
    icon:
      pool.warnings.length > 0
        ? { name: 'warning', ...doubtful }
        : {
            name: 'circle-filled',
            ...colorOf(serversActive / Math.max(1, limit ?? serversActive + 1), threshold),
          },
    spoken: `Pool of ${database} as ${user}: ${serversActive} in use${limit === null ? '' : ` of ${limit}`}, ${clientsWaiting} waiting, ${serversIdle} idle`,
    children: pool.warnings.map((warning, index) => warningNode(id, warning, index)),
  };
}
