/** The page of the pools' panel: one connection at a time, chosen at the top. */
import { useEffect, useMemo, useReducer, useState } from 'preact/hooks';
import { clockTime } from '../../base/clock-time.ts';
import { type PoolsPanelData, poolsPanel } from '../../protocol/panels.ts';
import type { PoolConnection, PoolFigures, PoolReading, PoolsSnapshot } from '../../protocol/pools.ts';
import { withNews } from '../../protocol/pools-news.ts';
import { connectHost } from '../host.ts';
import { showPage } from '../show-page.ts';
import { Bouncer } from './bouncer.tsx';
import { Charts } from './charts.tsx';
import { withPoint } from './figures.ts';
import { type PageState, readPageState } from './page-state.ts';
import { Server } from './server.tsx';
import { SqliteFile } from './sqlite-file.tsx';

const host = connectHost(poolsPanel);

interface Shown {
  /** Null before anything was told. */
  readonly snapshot: PoolsSnapshot | null;
  readonly threshold: number;
  readonly points: Readonly<Record<string, readonly PoolFigures[]>>;
}

const nothing: Shown = { snapshot: null, threshold: 1, points: {} };

/** With the newest state, and its point behind the figures of the last hour. */
function take({ snapshot, points }: Shown, { news, past, threshold }: PoolsPanelData): Shown {
  const before = past ?? points;
  const added = news.changed.flatMap(({ id, observation }) =>
    observation.kind === 'observed' || observation.kind === 'bouncer'
      ? [[id, withPoint(before[id] ?? [], observation.figures)] as const]
      : [],
  );
  return {
    snapshot: withNews(snapshot ?? { connections: [] }, news),
    threshold,
    points: { ...before, ...Object.fromEntries(added) },
  };
}

function Page() {
  const [shown, show] = useReducer(take, nothing);
  const [state, setState] = useState(() => readPageState(host.kept));
  useEffect(() => host.listen(show), []);
  useEffect(() => host.keep(state), [state]);
  const { snapshot, threshold, points } = shown;
  const connections = snapshot?.connections ?? [];
  const chosen = connections.find(({ id }) => id === state.connection) ?? connections[0];
  const chosenPoints = points[chosen?.id ?? ''] ?? noPoints;
  const change = (part: Partial<PageState>) => setState({ ...state, ...part });
  // News of other connections leave the one that is shown as it is.
  const reading = useMemo(
    () =>
      chosen && (
        <Reading
          connection={chosen}
          points={chosenPoints}
          threshold={threshold}
          state={state}
          change={change}
        />
      ),
    [chosen, chosenPoints, threshold, state],
  );
  if (snapshot === null) return <Empty sentence="Connecting…" />;
  if (chosen === undefined)
    return <Empty sentence="No connection is watched. Add one in the Connections view." />;
  return (
    <>
      <Header connections={connections} chosen={chosen} choose={connection => change({ connection })} />
      {reading}
    </>
  );
}

function Empty({ sentence }: { readonly sentence: string }) {
  return (
    <>
      <h1>Connection Pools</h1>
      <p class="quiet">{sentence}</p>
    </>
  );
}

const noPoints: readonly PoolFigures[] = [];

interface HeaderProps {
  readonly connections: readonly PoolConnection[];
  readonly chosen: PoolConnection;
  readonly choose: (connection: string) => void;
}

function Header({ connections, chosen, choose }: HeaderProps) {
  const { id, label, marks, observation } = chosen;
  return (
    <header>
      {connections.length === 1 ? (
        <h1>{label}</h1>
      ) : (
        <>
          <h1 class="hidden">{label}</h1>
          <select
            aria-label="Connection"
            value={id}
            onChange={({ currentTarget }) => choose(currentTarget.value)}
          >
            {connections.map(each => (
              <option key={each.id} value={each.id}>
                {each.marks.group === null ? each.label : `${each.marks.group}: ${each.label}`}
              </option>
            ))}
          </select>
        </>
      )}
      <span class={`badge ${marks.color ?? ''}`}>
        {marks.protected ? 'protected, read-only' : 'read-only'}
      </span>
      <span class="export">
        {observation.kind === 'observed' ? (
          <button
            type="button"
            class="link"
            onClick={() => host.want({ kind: 'export', connection: id, format: 'csv' })}
          >
            Sessions as CSV
          </button>
        ) : null}
        <button
          type="button"
          class="link"
          onClick={() => host.want({ kind: 'export', connection: id, format: 'json' })}
        >
          All as JSON
        </button>
      </span>
    </header>
  );
}

interface FailedProps {
  readonly message: string;
  readonly since: number;
  readonly needsPassword: boolean;
  readonly points: readonly PoolFigures[];
}

/** What led there stays in sight. */
function Failed({ message, since, needsPassword, points }: FailedProps) {
  const of = points.at(-1)?.longestTransaction === null ? 'bouncer' : 'server';
  return (
    <>
      <p class="error" role="alert">
        {message} No figures since {clockTime(since)}.
      </p>
      <p class="quiet">
        {needsPassword
          ? 'It is tried again when you set another password in the Connections view.'
          : 'It is tried again by itself.'}
      </p>
      {points.length === 0 ? null : <Charts points={points} limit={null} threshold={1} of={of} ended />}
    </>
  );
}

interface ReadingProps {
  readonly connection: PoolConnection;
  readonly points: readonly PoolFigures[];
  readonly threshold: number;
  readonly state: PageState;
  readonly change: (part: Partial<PageState>) => void;
}

function Reading({ connection, points, threshold, state, change }: ReadingProps) {
  const { id } = connection;
  const observation: PoolReading = connection.observation;
  switch (observation.kind) {
    case 'waiting':
      return <p class="quiet">Connecting…</p>;
    case 'failed':
      return <Failed {...observation} points={points} />;
    case 'bouncer':
      return <Bouncer reading={observation} points={points} threshold={threshold} />;
    case 'sqlite':
      return <SqliteFile {...observation} />;
    case 'observed':
      return (
        <Server
          reading={observation}
          points={points}
          threshold={threshold}
          filter={state.filter}
          busyOnly={state.busyOnly}
          order={state.order}
          setFilter={filter => change({ filter })}
          setBusyOnly={busyOnly => change({ busyOnly })}
          setOrder={order => change({ order })}
          act={({ pid, startedAt }, what) =>
            host.want({ kind: 'session', connection: id, pid, startedAt, what })
          }
          openEngine={application => host.want({ kind: 'openEngine', connection: id, application })}
        />
      );
  }
}

showPage(<Page />);
