/** What a view says in the place of a part that a server does not tell, or not to this user. Pure. */
import type { ActivityPart } from './activity.ts';

export const unavailableText: Readonly<Record<ActivityPart, string>> = {
  sessions: 'Sessions are not told here (pg_stat_activity is empty), so that pools look unused.',
  capacity: 'How many sessions the server allows is not told here (max_connections).',
  locks: 'Who blocks whom is not available here (pg_blocking_pids).',
  statistics: 'Transactions and deadlocks are not counted here (pg_stat_database).',
  standbys: 'Standbys are not shown here (pg_stat_replication).',
  limits: 'Connection limits of roles and databases are not shown here (pg_roles, pg_database).',
  recovery: 'Whether this is a standby is not told here (pg_is_in_recovery).',
  lag: 'How far a standby is behind is not told here (pg_last_wal_receive_lsn).',
  start: 'When the server was started is not told here (pg_postmaster_start_time).',
};
