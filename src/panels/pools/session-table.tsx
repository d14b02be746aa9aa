/** The sessions of a server, to filter and to sort, each with what can be done about it. */
import { duration } from '../../base/clock-time.ts';
import type { AgedSession, SessionCode } from '../../protocol/session-line.ts';
import { filterSessions, type SessionColumn, type SessionOrder, sortSessions } from './session-order.ts';
import { type Column, type Row, Table } from './table.tsx';

export type SessionDeed = 'cancel' | 'terminate' | 'explain' | 'code';

export interface SessionTableProps {
  readonly sessions: readonly AgedSession[];
  readonly unlisted: number;
  readonly filter: string;
  /** Sessions at rest are left out. */
  readonly busyOnly: boolean;
  readonly order: SessionOrder;
  readonly setFilter: (filter: string) => void;
  readonly setBusyOnly: (busyOnly: boolean) => void;
  readonly setOrder: (order: SessionOrder) => void;
  readonly act: (session: AgedSession, what: SessionDeed) => void;
}

const columns: readonly (readonly [SessionColumn, string])[] = [
  ['pid', 'Session'],
  ['application', 'Application'],
  ['user', 'User'],
  ['state', 'State'],
  ['stateSeconds', 'Since'],
  ['transactionSeconds', 'Transaction'],
  ['wait', 'Waits for'],
  ['query', 'Statement'],
];

const figures: ReadonlySet<SessionColumn> = new Set(['pid', 'stateSeconds', 'transactionSeconds']);

export function SessionTable(props: SessionTableProps) {
  const { sessions, unlisted, filter, busyOnly, order, setFilter, setBusyOnly, setOrder, act } = props;
  const shown = sortSessions(filterSessions(sessions, filter, busyOnly), order);
  const heads = columns.map(([column, title]) => headOf(column, title, order, setOrder));
  return (
    <>
      <div class="tools">
        <input
          type="search"
          placeholder="Filter by any word"
          aria-label="Filter sessions"
          value={filter}
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        <label>
          <input
            type="checkbox"
            checked={busyOnly}
            onChange={({ currentTarget }) => setBusyOnly(currentTarget.checked)}
          />
          without idle ones
        </label>
        <span class="quiet" role="status">
          {shown.length} of {sessions.length + unlisted} sessions
        </span>
      </div>
      <Table
        class="sessions"
        columns={[...heads, { title: <span class="hidden">Actions</span> }]}
        rows={shown.map(session => rowOf(session, act))}
      />
      {shown.length === 0 ? (
        <p class="quiet">
          {sessions.length === 0 ? 'No application has a session here.' : 'No session is left by the filter.'}
        </p>
      ) : null}
    </>
  );
}

function headOf(
  column: SessionColumn,
  title: string,
  order: SessionOrder,
  setOrder: SessionTableProps['setOrder'],
): Column {
  const sorted = order.column === column ? order.direction : 'none';
  const next = sorted === 'descending' ? 'ascending' : 'descending';
  return {
    sorted,
    number: figures.has(column),
    title: (
      <button type="button" class="head" onClick={() => setOrder({ column, direction: next })}>
        {title}
        <span aria-hidden="true">{sorted === 'none' ? '' : sorted === 'ascending' ? ' ▲' : ' ▼'}</span>
      </button>
    ),
  };
}

function rowOf(session: AgedSession, act: SessionTableProps['act']): Row {
  const { pid, startedAt, application, user, client, state, query, code, through } = session;
  const who = [
    client === null ? null : `from ${client}`,
    through === null ? null : `for ${through} through PgBouncer`,
  ];
  return {
    key: `${pid} ${startedAt}`,
    cells: [
      pid,
      {
        content: application || '–',
        class: 'name',
        title: who.filter(text => text !== null).join(', ') || undefined,
      },
      { content: user, class: 'name', title: user },
      { content: state, class: stateMark(session) },
      age(session.stateSeconds),
      age(session.transactionSeconds),
      { content: waitText(session), class: session.wait?.startsWith('Lock') ? 'warning' : 'quiet' },
      {
        content: (
          <>
            {code === null ? null : <Code session={session} code={code} act={act} />}
            {query.replace(/\s+/g, ' ')}
          </>
        ),
        class: 'statement',
        title: query,
      },
      { content: <Deeds session={session} act={act} />, class: 'deeds' },
    ],
  };
}

interface SessionProps extends Pick<SessionTableProps, 'act'> {
  readonly session: AgedSession;
}

interface CodeProps extends SessionProps {
  readonly code: SessionCode;
}

function Code({ session, code, act }: CodeProps) {
  if (code.place === null) return <span class="quiet">{code.text} </span>;
  return (
    <>
      <button type="button" class="link" onClick={() => act(session, 'code')}>
        {code.text}
      </button>{' '}
    </>
  );
}

function Deeds({ session, act }: SessionProps) {
  return (
    <div>
      <Deed what="explain" title="Explain" session={session} act={act} />
      {session.state === 'active' ? <Deed what="cancel" title="Cancel…" session={session} act={act} /> : null}
      <Deed what="terminate" title="Terminate…" session={session} act={act} />
    </div>
  );
}

interface DeedProps extends SessionProps {
  readonly what: SessionDeed;
  readonly title: string;
}

function Deed({ what, title, session, act }: DeedProps) {
  return (
    <button
      type="button"
      class="link"
      aria-label={`${title} session ${session.pid}`}
      onClick={() => act(session, what)}
    >
      {title}
    </button>
  );
}

function waitText({ wait, blockedBy }: AgedSession): string {
  return `${wait ?? ''}${blockedBy.length === 0 ? '' : ` held by ${blockedBy.join(', ')}`}`;
}

/** Every transaction rests for a moment between two statements. */
const noticedRest = 1;

function stateMark({ state, stateSeconds }: AgedSession): string {
  if (state.startsWith('idle in transaction')) return (stateSeconds ?? 0) < noticedRest ? '' : 'warning';
  return state === 'active' ? 'good' : 'quiet';
}

function age(seconds: number | null): string {
  return seconds === null ? '' : duration(seconds);
}
