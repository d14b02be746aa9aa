/** A finding in a revision's file, as the Migrations view shows it. */
import type { Place } from '../../protocol/place.ts';

export interface RevisionFinding {
  readonly rule: string;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly place: Place;
}
