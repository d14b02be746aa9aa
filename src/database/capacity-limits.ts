/** CONNECTION LIMIT of roles and databases beside what they have open: narrower than the server's own limit. Pure. */
import type { CapacityLimit, Session } from './activity.ts';

/** As the catalog has them: by name. */
export interface ConnectionLimits {
  readonly roles: Readonly<Record<string, number>>;
  readonly databases: Readonly<Record<string, number>>;
}

/** `sessions`: of the whole server, since a role's count wherever they are. Only limits that have sessions are told. */
export function capacityLimits(
  sessions: readonly Session[],
  { roles, databases }: ConnectionLimits,
): readonly CapacityLimit[] {
  const told = (
    kind: CapacityLimit['kind'],
    limits: Readonly<Record<string, number>>,
    nameOf: (one: Session) => string,
  ) =>
    Object.entries(limits).flatMap(([name, limit]) => {
      const used = sessions.filter(session => nameOf(session) === name).length;
      return used === 0 ? [] : [{ kind, name, limit, used }];
    });
  return [
    ...told('role', roles, ({ user }) => user),
    ...told('database', databases, ({ database }) => database),
  ];
}

/** What a pool of these users may open at most, the narrowest of the server's limit and theirs: Infinity where none is known. */
export function narrowest(
  available: number | null,
  limits: readonly CapacityLimit[],
  pool: { readonly database: string; readonly users: readonly string[] },
): { readonly available: number; readonly whose: string } {
  const theirs = limits.filter(({ kind, name }) =>
    kind === 'database' ? name === pool.database : pool.users.length === 1 && pool.users[0] === name,
  );
  return theirs.reduce(
    (room, { kind, name, limit }) =>
      limit < room.available ? { available: limit, whose: `the ${kind} ${name}` } : room,
    { available: available ?? Infinity, whose: 'the server' },
  );
}
