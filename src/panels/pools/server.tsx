/** All of one server: its capacity, charts, pools, sessions, locks and events. */
import { duration } from '../../base/clock-time.ts';
import type { PoolFigures, PoolLine, ServerRates, ServerReading } from '../../protocol/pools.ts';
import { agedSessions } from '../../protocol/session-line.ts';
import { Charts } from './charts.tsx';
import { Blocking, Events, Standbys } from './lists.tsx';
import { PoolTable } from './pool-table.tsx';
import { SessionTable, type SessionTableProps } from './session-table.tsx';

export interface ServerProps extends Omit<SessionTableProps, 'sessions' | 'unlisted'> {
  readonly reading: ServerReading;
  readonly points: readonly PoolFigures[];
  readonly threshold: number;
  readonly openEngine: (application: string) => void;
}

export function Server({ reading, points, threshold, openEngine, ...table }: ServerProps) {
  const { applications, unlistedSessions, events, standbys, unavailable } = reading;
  const sessions = agedSessions(reading);
  return (
    <>
      <Capacity {...reading} />
      {unavailable.map(sentence => (
        <p key={sentence} class="quiet">
          {sentence}
        </p>
      ))}
      <Charts points={points} limit={limitOf(applications)} threshold={threshold} of="server" />
      <h2>Pools</h2>
      <PoolTable lines={applications} threshold={threshold} openEngine={openEngine} />
      <div class="columns">
        <section aria-label="Who blocks whom">
          <h2>Who blocks whom</h2>
          <Blocking sessions={sessions} />
        </section>
        <section aria-label="Events">
          <h2>Events</h2>
          <Events events={events} />
        </section>
        <Standbys standbys={standbys} />
      </div>
      <h2>Sessions</h2>
      <SessionTable sessions={sessions} unlisted={unlistedSessions} {...table} />
    </>
  );
}

function Capacity({ capacity, version, startedAt, rates }: ServerReading) {
  const { sessions, limit, own, otherDatabases, limits, role, lagSeconds, warnings } = capacity;
  return (
    <>
      <p>
        {role === 'standby' ? (
          <span class="badge">standby{lagSeconds ? `, ${duration(lagSeconds)} behind` : ''}</span>
        ) : null}
        <strong>{sessions}</strong>
        {limit === null ? '' : ` of ${limit}`} sessions of the server{' '}
        <span class="quiet">
          · {own} of them ours{otherDatabases === 0 ? '' : ` · ${otherDatabases} in other databases`}
          {limits.length === 0 ? '' : ` · ${limits.join(', ')}`}
        </span>
      </p>
      <p class="quiet">
        {[`PostgreSQL ${version}`, upText(startedAt), ...ratesText(rates)]
          .filter(text => text !== '')
          .join(' · ')}
      </p>
      {warnings.map(({ severity, message }) => (
        <p key={message} class={severity}>
          {message}
        </p>
      ))}
    </>
  );
}

function upText(startedAt: string | null): string {
  return startedAt === null ? '' : `started ${new Date(startedAt).toLocaleString()}`;
}

/** What pg_stat_database counts, of the last moment. */
function ratesText({ cacheHits, rollbacks, rowsWritten }: ServerRates): readonly string[] {
  const percent = (share: number | null) => (share === null ? null : `${(share * 100).toFixed(1)} %`);
  const [hits, undone] = [percent(cacheHits), percent(rollbacks)];
  return [
    hits === null ? '' : `${hits} of blocks from the cache`,
    undone === null ? '' : `${undone} of transactions rolled back`,
    rowsWritten === null ? '' : `${Math.round(rowsWritten)} rows written a second`,
  ];
}

/** Of all pools that have sessions; null where one that is in use has no known limit. */
function limitOf(lines: readonly PoolLine[]): number | null {
  const open = lines.filter(({ sessions, inUse, limit }) => sessions > 0 && (limit !== null || inUse > 0));
  if (open.length === 0 || open.some(({ limit }) => limit === null)) return null;
  return open.reduce((sum, { limit }) => sum + (limit ?? 0), 0);
}
