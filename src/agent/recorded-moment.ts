/** The time and the ids that a migration was drafted with, as a text, so that its later pages are of the same one. */
import type { Moment } from '../scaffold/migration/draft-migration.ts';

export interface RecordedMoment extends Moment {
  /** The time, and the ids that were asked for so far: `2026-01-31T12:00:00.000Z aaaa1111`. */
  recorded(): string;
}

const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z( [0-9a-f]{8,32})*$/;

/** What `earlier` recorded, and from there on what `moment` gives; a text that is no record counts as none. */
export function recordMoment(moment: Moment, earlier: string | undefined): RecordedMoment {
  const [time, ...ids] = earlier !== undefined && shape.test(earlier) ? earlier.split(' ') : [];
  const asked: string[] = [];
  const now = time === undefined ? moment.now : new Date(time);
  return {
    now,
    newId() {
      const id = ids[asked.length] ?? moment.newId();
      asked.push(id);
      return id;
    },
    recorded: () => [now.toISOString(), ...asked].join(' '),
  };
}
