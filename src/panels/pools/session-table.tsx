/** The sessions of a server, to filter and to sort, each with what can be done about it. */
import { duration } from '../../base/clock-time.ts';
import type { SessionCode, SessionLine } from '../../protocol/pools.ts';
import { filterSessions, type SessionColumn, type SessionOrder, sortSessions } from './session-order.ts';

export type SessionDeed = 'cancel' | 'terminate' | 'explain' | 'code';

export interface SessionTableProps {
  readonly sessions: readonly SessionLine[];
  readonly unlisted: number;
  readonly filter: string;
  readonly order: SessionOrder;
  readonly setFilter: (filter: string) => void;
  readonly setOrder: (order: SessionOrder) => void;
  readonly act: (session: SessionLine, what: SessionDeed) => void;
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
  const { sessions, unlisted, filter, order, setFilter, setOrder, act } = props;
  const shown = sortSessions(filterSessions(sessions, filter), order);
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
        <span class="quiet" role="status">
          {shown.length} of {sessions.length + unlisted} sessions
        </span>
      </div>
      <div class="scroll">
        <table class="sessions">
          <thead>
            <tr>
              {columns.map(([column, title]) => (
                <Head key={column} column={column} title={title} order={order} setOrder={setOrder} />
              ))}
              <th scope="col">
                <span class="hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(session => (
              <Session key={`${session.pid} ${session.startedAt}`} session={session} act={act} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface HeadProps extends Pick<SessionTableProps, 'order' | 'setOrder'> {
  readonly column: SessionColumn;
  readonly title: string;
}

function Head({ column, title, order, setOrder }: HeadProps) {
  const sorted = order.column === column ? order.direction : 'none';
  const next = sorted === 'descending' ? 'ascending' : 'descending';
  return (
    <th scope="col" aria-sort={sorted} class={figures.has(column) ? 'number' : undefined}>
      <button type="button" class="head" onClick={() => setOrder({ column, direction: next })}>
        {title}
        <span aria-hidden="true">{sorted === 'none' ? '' : sorted === 'ascending' ? ' ▲' : ' ▼'}</span>
      </button>
    </th>
  );
}

interface SessionProps extends Pick<SessionTableProps, 'act'> {
  readonly session: SessionLine;
}

function Session({ session, act }: SessionProps) {
  const { pid, application, user, client, state, stateSeconds, transactionSeconds, query, code, through } =
    session;
  const who = [
    client === null ? null : `from ${client}`,
    through === null ? null : `for ${through} through PgBouncer`,
  ];
  return (
    <tr>
      <th scope="row" class="number">
        {pid}
      </th>
      <td class="name" title={who.filter(text => text !== null).join(', ') || undefined}>
        {application || '–'}
      </td>
      <td>{user}</td>
      <td class={stateMark(session)}>{state}</td>
      <td class="number">{age(stateSeconds)}</td>
      <td class="number">{age(transactionSeconds)}</td>
      <td class={session.wait?.startsWith('Lock') ? 'warning' : 'quiet'}>{waitText(session)}</td>
      <td class="statement" title={query}>
        {code === null ? null : <Code session={session} code={code} act={act} />}
        {query.replace(/\s+/g, ' ')}
      </td>
      <td class="deeds">
        <Deed what="explain" title="Explain" session={session} act={act} />
        {state === 'active' ? <Deed what="cancel" title="Cancel…" session={session} act={act} /> : null}
        <Deed what="terminate" title="Terminate…" session={session} act={act} />
      </td>
    </tr>
  );
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

function waitText({ wait, blockedBy }: SessionLine): string {
  return `${wait ?? ''}${blockedBy.length === 0 ? '' : ` held by ${blockedBy.join(', ')}`}`;
}

function stateMark({ state }: SessionLine): string {
  if (state.startsWith('idle in transaction')) return 'warning';
  return state === 'active' ? 'good' : 'quiet';
}

function age(seconds: number | null): string {
  return seconds === null ? '' : duration(seconds);
}
