/** The clock and chance of a revision that is written anew, for rooms that have neither. */
import { randomBytes } from 'node:crypto';
import type { Moment } from '../scaffold/migration/draft-migration.ts';

/** Ids have twelve hexadecimal digits, as Alembic's own. */
export function presentMoment(): Moment {
  return { now: new Date(), newId: () => randomBytes(6).toString('hex') };
}
