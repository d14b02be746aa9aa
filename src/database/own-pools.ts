/** The pools of one database, as the Pools view and `dbpatterns pool` show them. Pure. */
import type { Activity } from './activity.ts';
import { observePools, type PoolDeclaration, type PoolObservation, type PoolReport } from './pools.ts';
import { sessionsOf } from './session-groups.ts';
import type { PoolTelemetry } from './telemetry/pool-telemetry.ts';

/** Of the connection's own database; sessions of others must not stand for an engine whose own database is not known. */
export function ownPools(
  activity: Activity,
  declarations: readonly PoolDeclaration[],
  telemetry: readonly PoolTelemetry[] = [],
): PoolReport {
  const sessions = sessionsOf(activity.database, activity.sessions);
  const report = observePools({ ...activity, sessions }, declarations, telemetry);
  return { ...report, pools: report.pools.filter(pool => !isVague(pool) || report.pools.length === 1) };
}

/** Without sessions and without a name: such an engine, a test's for instance, is shown only where there is no other. */
function isVague({ application, sessions }: PoolObservation): boolean {
  return application === '' && sessions === 0;
}
