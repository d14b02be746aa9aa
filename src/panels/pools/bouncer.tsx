/** A PgBouncer: its clients, charts, and a line for each of its pools. */
import { duration } from '../../base/clock-time.ts';
import type { BouncerLine, BouncerReading, PoolFigures } from '../../protocol/pools.ts';
import { Charts } from './charts.tsx';
import { Fullness } from './fullness.tsx';
import { type Column, type Row, Table } from './table.tsx';

export interface BouncerProps {
  readonly reading: BouncerReading;
  readonly points: readonly PoolFigures[];
  readonly threshold: number;
}

const columns: readonly Column[] = [
  { title: 'Database' },
  { title: 'User' },
  { title: 'Mode' },
  { title: 'Server sessions in use' },
  { title: 'Idle', number: true },
  { title: 'Clients', number: true },
  { title: 'Waiting', number: true },
  { title: 'Longest wait', number: true },
];

/** More pools than anybody reads; those that wait and those in use come first. */
const listedPools = 200;

export function Bouncer({ reading, points, threshold }: BouncerProps) {
  const { version, clients, maxClients, queriesPerSecond, queryMs, pools } = reading;
  const listed = pools
    .toSorted((a, b) => b.clientsWaiting - a.clientsWaiting || b.serversActive - a.serversActive)
    .slice(0, listedPools);
  return (
    <>
      <p>
        PgBouncer {version}, <strong>{clients}</strong>
        {maxClients === null ? '' : ` of ${maxClients}`} clients{' '}
        <span class="quiet">
          {queriesPerSecond === null ? '' : `${Math.round(queriesPerSecond)} queries a second`}
          {queryMs === null ? '' : `, ${queryMs.toFixed(1)} ms each`}
        </span>
      </p>
      <Charts points={points} limit={limitOf(pools)} threshold={threshold} of="bouncer" />
      <h2>Pools</h2>
      <Table columns={columns} rows={listed.map(pool => rowOf(pool, threshold))} />
      {pools.length > listed.length ? (
        <p class="quiet">
          {pools.length - listed.length} more pools, none of them with clients that wait longer.
        </p>
      ) : null}
    </>
  );
}

/** Of the pools that are open; null where one has no known limit. */
function limitOf(pools: readonly BouncerLine[]): number | null {
  return pools.reduce<number | null>(
    (sum, { limit }) => (sum === null || limit === null ? null : sum + limit),
    0,
  );
}

function rowOf(pool: BouncerLine, threshold: number): Row {
  const { database, user, mode, serversActive, limit, clientsWaiting } = pool;
  return {
    key: `${database}\0${user}`,
    cells: [
      { content: database, class: 'name', title: database },
      { content: user, class: 'name', title: user },
      mode,
      { content: <Fullness inUse={serversActive} limit={limit} threshold={threshold} reason={null} /> },
      pool.serversIdle,
      pool.clientsActive,
      { content: clientsWaiting, class: clientsWaiting > 0 ? 'warning' : '' },
      duration(pool.longestWaitSeconds),
    ],
    notes: pool.warnings,
  };
}
