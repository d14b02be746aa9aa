/** The sessions of a server by application and database, counted by what they do. Pure. */
import type { Session, SessionState } from './activity.ts';

export interface SessionGroup {
  readonly application: string;
  readonly database: string;
  /** Sorted. */
  readonly users: readonly string[];
  readonly pids: readonly number[];
  readonly inState: Readonly<Record<SessionState, number>>;
  readonly waitingForLock: number;
  /** When the oldest open transaction began; null where none is open. */
  readonly firstTransaction: number | null;
  /** Since when a session has been idle in its transaction for longest. */
  readonly firstIdleInTransaction: number | null;
}

const grouped = new WeakMap<readonly Session[], readonly SessionGroup[]>();

/** In the order of their first sessions. The same sessions are not counted twice: see Activity. */
export function sessionGroups(sessions: readonly Session[]): readonly SessionGroup[] {
  const groups = grouped.get(sessions) ?? [...membersOf(sessions).values()].map(countMembers);
  grouped.set(sessions, groups);
  return groups;
}

export function emptyGroup(application: string, database: string): SessionGroup {
  return { application, database, ...countSessions([]) };
}

const owned = new WeakMap<
  readonly Session[],
  { readonly database: string; readonly sessions: readonly Session[] }
>();

/** Those of one database; the same array for the same sessions. */
export function sessionsOf(database: string, sessions: readonly Session[]): readonly Session[] {
  const known = owned.get(sessions);
  if (known?.database === database) return known.sessions;
  const own = sessions.filter(session => session.database === database);
  owned.set(sessions, { database, sessions: own });
  return own;
}

type Members = [first: Session, ...others: Session[]];

function membersOf(sessions: readonly Session[]): ReadonlyMap<string, Members> {
  const groups = new Map<string, Members>();
  for (const session of sessions) {
    // No name that a server knows holds a NUL.
    const key = `${session.applicationName}\0${session.database}`;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [session]);
    else members.push(session);
  }
  return groups;
}

function countMembers(members: Members): SessionGroup {
  const [{ applicationName: application, database }] = members;
  return { application, database, ...countSessions(members) };
}

function countSessions(sessions: readonly Session[]): Omit<SessionGroup, 'application' | 'database'> {
  const users = new Set<string>();
  const inState = { ...noSessions };
  let waitingForLock = 0;
  let firstTransaction = Infinity;
  let firstIdle = Infinity;
  for (const { user, state, waitEventType, transactionSince, stateSince } of sessions) {
    users.add(user);
    inState[state]++;
    if (waitEventType === 'Lock') waitingForLock++;
    if (transactionSince !== null && transactionSince < firstTransaction) firstTransaction = transactionSince;
    if (stateSince !== null && stateSince < firstIdle && isIdleInTransaction(state)) firstIdle = stateSince;
  }
  return {
    users: [...users].sort(),
    pids: sessions.map(({ pid }) => pid),
    inState,
    waitingForLock,
    firstTransaction: firstTransaction === Infinity ? null : firstTransaction,
    firstIdleInTransaction: firstIdle === Infinity ? null : firstIdle,
  };
}

const noSessions: Readonly<Record<SessionState, number>> = {
  active: 0,
  idle: 0,
  'idle in transaction': 0,
  'idle in transaction (aborted)': 0,
  other: 0,
  hidden: 0,
};

export function isIdleInTransaction(state: SessionState): boolean {
  return state === 'idle in transaction' || state === 'idle in transaction (aborted)';
}
