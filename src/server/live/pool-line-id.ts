/** What names a pool among those of its server. Pure. */
import type { PoolObservation } from '../../database/pools.ts';

/** Of sessions the application; several engines that have none may give the name of one application. */
export function poolLineId({ application, sessions, engine }: PoolObservation): string {
  if (engine === null || (application !== '' && sessions > 0)) return application || 'engine';
  const { name, location } = engine;
  return `engine ${name} ${location === null ? '' : `${location.path}:${location.range.start}`}`;
}
