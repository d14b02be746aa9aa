/** What names a pool among those of its server. Pure. */
import type { PoolObservation } from '../../database/pools.ts';

export function poolLineId({ application, engine }: PoolObservation): string {
  return application || `engine ${engine?.name ?? ''}`;
}
