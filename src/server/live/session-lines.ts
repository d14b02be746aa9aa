/** Sessions as the Pools view and panel show them, each with its pool, its code and the client that uses it. */
import { visibleText } from '../../base/visible-text.ts';
import type { Session } from '../../database/activity.ts';
import type { BouncerClient, BouncerReport } from '../../database/bouncer/bouncer-report.ts';
import type { PoolObservation } from '../../database/pools.ts';
import type { SessionCode, SessionLine } from '../../protocol/session-line.ts';
import { poolLineId } from './pool-line-id.ts';
import type { CodePort } from './ports.ts';
import { sessionCode } from './session-code.ts';

interface KnownLine {
  readonly session: Session;
  readonly line: SessionLine;
}

/** What is known of a session beside what it tells itself. */
type Surroundings = Pick<SessionLine, 'pool' | 'code' | 'through'>;

export class SessionLines {
  readonly #code: CodePort;
  /** By process id, of the moment before. */
  #known: ReadonlyMap<number, KnownLine> = new Map();

  constructor(code: CodePort) {
    this.#code = code;
  }

  /** The line of a session that nothing changed of is the same object as at the moment before. */
  of(
    sessions: readonly Session[],
    pools: readonly PoolObservation[],
    bouncers: readonly BouncerReport[],
  ): readonly SessionLine[] {
    const poolOf = new Map<number, PoolObservation>();
    for (const pool of pools) for (const pid of pool.pids) poolOf.set(pid, pool);
    const clients = clientsByServer(bouncers);
    const known = new Map<number, KnownLine>();
    const lines = sessions.map(session => {
      const pool = poolOf.get(session.pid);
      const client = clients.get(session.pid);
      const line = this.#line(session, {
        pool: pool === undefined ? null : poolLineId(pool),
        code: sessionCode(session, pool?.told?.held ?? [], this.#code),
        through: client === undefined ? null : clientText(client),
      });
      known.set(session.pid, { session, line });
      return line;
    });
    this.#known = known;
    return lines;
  }

  #line(session: Session, around: Surroundings): SessionLine {
    const known = this.#known.get(session.pid);
    if (known?.session === session && isSame(known.line, around)) return known.line;
    return sessionLine(session, around);
  }
}

function isSame(one: Surroundings, other: Surroundings): boolean {
  return one.pool === other.pool && one.through === other.through && isSameCode(one.code, other.code);
}

function isSameCode(one: SessionCode | null, other: SessionCode | null): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function sessionLine(session: Session, around: Surroundings): SessionLine {
  const { pid, startedAt, state, stateSince, transactionSince, blockedBy, query } = session;
  const { waitEventType, waitEvent } = session;
  // A session that waits for its client is idle; that is no wait worth a word.
  const wait =
    waitEventType === null || waitEventType === 'Client' ? null : `${waitEventType}: ${waitEvent ?? ''}`;
  return {
    pid,
    startedAt,
    application: visibleText(session.applicationName),
    user: visibleText(session.user),
    client: session.clientAddress,
    state,
    stateSince,
    transactionSince,
    wait,
    blockedBy,
    query,
    ...around,
  };
}

/** The clients of a PgBouncer that are linked to a session at this moment, by its process id. */
function clientsByServer(bouncers: readonly BouncerReport[]): ReadonlyMap<number, BouncerClient> {
  const linked = bouncers.flatMap(({ clients }) =>
    clients.flatMap(client => (client.serverPid === null ? [] : [[client.serverPid, client] as const])),
  );
  return new Map(linked.reverse());
}

function clientText({ applicationName, address }: BouncerClient): string {
  const name = applicationName === '' ? 'a client' : visibleText(applicationName);
  return address === null ? name : `${name} at ${address}`;
}
