/** What of a PgBouncer's figures is not of the very moment, in sentences for views. Pure. */
import type { BouncerReport } from './bouncer-report.ts';

export function bouncerNotes({
  databases,
  settingsAge,
}: Pick<BouncerReport, 'databases' | 'settingsAge'>): readonly string[] {
  if (settingsAge === 0) return [];
  const count = databases.length.toLocaleString('en');
  return [
    `The settings of its ${count} databases are asked for every ${settingsAge} s: a PAUSE may be told so much later.`,
  ];
}
