/** What an observation asks, in one round trip, put together from what a server has to tell. */
import type { ActivityPart } from '../activity.ts';
import { ownApplicationName } from './client-settings.ts';

/** What is asked for where a server has it. Without digests all is told that is known with them, only at greater length. */
export type AskedPart = Exclude<ActivityPart, 'sessions'> | 'digests';

interface OptionalPart {
  readonly name: AskedPart;
  /** Columns of the session, and of the whole. */
  readonly session?: string;
  readonly columns?: string;
}

/** Each question holds the server's lock tables still: nobody reads the blockers of more sessions than this. */
const askedBlockers = 100;

/**
 * Blockers are asked for only where a session waits for a lock, since the question is dear. A standby that has replayed
 * all it received is not behind, however long ago the last transaction was.
 */
const parts: readonly OptionalPart[] = [
  {
    name: 'capacity',
    columns: `nullif(greatest(current_setting('max_connections', true)::int, 0), 0) AS max_connections,
  coalesce(current_setting('superuser_reserved_connections', true), '0')::int AS superuser_reserved,
  coalesce(current_setting('reserved_connections', true), '0')::int AS reserved`,
  },
  {
    name: 'locks',
    session: `CASE WHEN wait_event_type = 'Lock'
      AND count(*) FILTER (WHERE wait_event_type = 'Lock') OVER (ROWS UNBOUNDED PRECEDING) <= ${askedBlockers}
      THEN pg_blocking_pids(pid) ELSE '{}' END AS blocked_by`,
  },
  {
    name: 'statistics',
    columns: `(SELECT json_build_object('commits', xact_commit, 'rollbacks', xact_rollback, 'deadlocks', deadlocks,
        'blocksHit', blks_hit, 'blocksRead', blks_read, 'rowsWritten', tup_inserted + tup_updated + tup_deleted)
      FROM pg_stat_database WHERE datname = current_database()) AS statistics`,
  },
  {
    name: 'standbys',
    // The view looks at every session again: only where there is a sender at all.
    columns: `CASE WHEN EXISTS (SELECT FROM pg_stat_get_wal_senders() WHERE pid IS NOT NULL) THEN
      (SELECT json_agg(json_build_object('name', application_name, 'address', host(client_addr), 'state', state,
        'sync', sync_state, 'lag', extract(epoch FROM replay_lag),
        'bytes', CASE WHEN pg_is_in_recovery() THEN NULL ELSE pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) END))
      FROM pg_stat_replication) END AS standbys`,
  },
  {
    name: 'limits',
    columns: `(SELECT json_object_agg(datname, datconnlimit) FROM pg_database
        WHERE datconnlimit >= 0 AND datname = current_database()) AS database_limits,
      (SELECT json_object_agg(rolname, rolconnlimit) FROM pg_roles
        WHERE rolconnlimit >= 0 AND NOT rolsuper) AS role_limits`,
  },
  {
    name: 'recovery',
    columns: 'pg_is_in_recovery() AS in_recovery',
  },
  {
    name: 'lag',
    columns: `CASE WHEN NOT pg_is_in_recovery() THEN NULL WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
        ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END AS replay_lag`,
  },
  {
    name: 'start',
    columns: `to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS started_at`,
  },
];

export const askedParts: readonly AskedPart[] = [...parts.map(({ name }) => name), 'digests'];

/** Sessions are told in so many portions, by their process ids, and ours in one more. */
export const sessionPortions = 16;

type Statements = readonly [server: string, sessions: string];

const written = new WeakMap<readonly AskedPart[], Statements>();

/**
 * Two statements of one transaction, each one text: a JSON object about the server, then the sessions in portions,
 * one value for all, since each row that is sent costs the driver more than what stands in it. A portion is its number
 * and the digest of its rows, and behind them the rows themselves where the digest is not the one in the array `$1`:
 * most sessions rest, and what the asker knows already is neither sent nor read again. Rows stand one after the other as
 * PostgreSQL writes them, which costs half of what JSON would. What a session does is told with the moment since when,
 * so that its row stays the same while it does nothing else; of ours only the process id is. Who it is comes first, what it
 * does behind that: see SessionTexts. Client backends are told by
 * `backend_type`, which the server hides of others' sessions; there a user and a database tell.
 */
export function activityStatements(without: readonly AskedPart[]): Statements {
  const statements = written.get(without) ?? writeStatements(without);
  written.set(without, statements);
  return statements;
}

function writeStatements(without: readonly AskedPart[]): Statements {
  const present = parts.filter(({ name }) => !without.includes(name));
  const session = present.flatMap(part => part.session ?? []).map(column => `, ${column}`);
  const columns = present.flatMap(part => part.columns ?? []).map(column => `, ${column}`);
  const digest = without.includes('digests') ? 'NULL::bigint' : 'hashtextextended(rows, 0)';
  const isOurs = `(application_name = '${ownApplicationName}' OR pid = pg_backend_pid())`;
  return [
    `SELECT row_to_json(server)::text FROM (SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
  current_database() AS database, current_setting('server_version') AS version
  ${columns.join('\n  ')}) AS server`,
    `SELECT coalesce(string_agg(number || ':' || coalesce(digest::text, '') || ';'
  || CASE WHEN digest = ($1::bigint[])[number + 1] THEN '' ELSE rows END, ''), '')
FROM (SELECT number, rows, ${digest} AS digest
FROM (SELECT CASE WHEN ${isOurs} THEN ${sessionPortions} ELSE pid % ${sessionPortions} END AS number,
  string_agg(CASE WHEN ${isOurs} THEN '(' || pid || ')' ELSE session::text END, '') AS rows
FROM (SELECT pid, backend_start, date_part('epoch', backend_start), application_name, usename, datname, host(client_addr),
  state, wait_event_type, wait_event, date_part('epoch', xact_start), date_part('epoch', state_change), left(query, 1000)
  ${session.join('\n  ')}
FROM pg_stat_activity
WHERE (backend_type = 'client backend' OR (backend_type IS NULL AND datid IS NOT NULL AND usesysid IS NOT NULL))) AS session
GROUP BY 1) AS portion) AS told`,
  ];
}
