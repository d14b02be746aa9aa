/** A PgBouncer: charts, a line for each of its pools, and who its clients are. */
import { duration } from '../../base/clock-time.ts';
import type { BouncerApplication, BouncerLine, BouncerReading, PoolFigures } from '../../protocol/pools.ts';
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
  { title: 'Active clients', number: true },
  { title: 'Waiting clients', number: true },
  { title: 'Longest wait', number: true },
];

const clientColumns: readonly Column[] = [
  { title: 'Application' },
  { title: 'Address' },
  { title: 'Clients', number: true },
  { title: 'On a server session', number: true },
  { title: 'Waiting', number: true },
  { title: 'Longest wait', number: true },
];

export function Bouncer({ reading, points, threshold }: BouncerProps) {
  const { version, clients, maxClients, limit, pools, unlistedPools, notes, applications } = reading;
  return (
    <>
      <p>
        <strong>{clients}</strong>
        {maxClients === null ? '' : ` of ${maxClients}`} clients{' '}
        <span class="quiet">
          {[`PgBouncer ${version}`, ...ratesText(reading)].map(text => ` · ${text}`).join('')}
        </span>
      </p>
      {notes.map(note => (
        <p key={note} class="quiet">
          {note}
        </p>
      ))}
      <Charts points={points} limit={limit} threshold={threshold} of="bouncer" />
      <h2>Pools</h2>
      {pools.length === 0 ? (
        <p class="quiet">No pool is open: no client has asked for a database yet.</p>
      ) : (
        <Table columns={columns} rows={pools.map(pool => rowOf(pool, threshold))} />
      )}
      {unlistedPools > 0 ? (
        <p class="quiet">{unlistedPools.toLocaleString('en')} more pools, where fewer clients wait.</p>
      ) : null}
      <h2>Clients</h2>
      {applications.length === 0 ? (
        <p class="quiet">No client is connected.</p>
      ) : (
        <Table columns={clientColumns} rows={applications.map(clientRow)} />
      )}
    </>
  );
}

/** Of the last moment. */
function ratesText(reading: BouncerReading): readonly string[] {
  const { queriesPerSecond, queryMs, receivedPerSecond, sentPerSecond } = reading;
  const each = queryMs === null ? '' : `, ${queryMs.toFixed(1)} ms each`;
  return [
    ...(queriesPerSecond === null ? [] : [`${Math.round(queriesPerSecond)} queries a second${each}`]),
    ...(receivedPerSecond === null ? [] : [`${kilobytes(receivedPerSecond)} a second from clients`]),
    ...(sentPerSecond === null ? [] : [`${kilobytes(sentPerSecond)} to them`]),
  ];
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
}

function clientRow({ application, address, ...figures }: BouncerApplication): Row {
  const { clients, linked, waiting, longestWaitSeconds } = figures;
  return {
    key: `${application}\0${address}`,
    cells: [
      { content: application, class: 'name', title: application },
      address ?? 'Unix socket',
      clients,
      linked,
      { content: waiting, class: waiting > 0 ? 'warning' : '' },
      duration(longestWaitSeconds),
    ],
  };
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
