/** timestamp without time zone: a wall clock of nobody knows where. */
import type { Column } from '../../schema/schema.ts';
import type { Rule } from '../rule.ts';
import { columnListeners } from '../shared/revisions/new-columns.ts';

export const preferTimestamptz: Rule = {
  id: 'prefer-timestamptz',
  category: 'migration',
  since: '0.1.0',
  severity: 'information',
  preset: 'all',
  fix: null,
  documentation: {
    summary: 'A column is a timestamp without a time zone',
    why: 'timestamp keeps what the clock said and forgets where. Comparisons with now() depend on the session’s time zone, asyncpg refuses aware datetimes for it, and psycopg turns them into local time without a word.',
    instead: '`sa.DateTime(timezone=True)`.',
    references: [
      'https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_timestamp_.28without_time_zone.29',
    ],
  },
  examples: [
    {
      bad: 'op.add_column("events", sa.Column("seen_at", sa.DateTime()))',
      good: 'op.add_column("events", sa.Column("seen_at", sa.DateTime(timezone=True)))',
    },
  ],
  check: { actions: columnListeners(checkColumn) },
};

function checkColumn({ name, type }: Column): string | null {
  return /^timestamp(?:\s*\(\d+\))?(?: without time zone)?$/i.test(type)
    ? `${name} is a timestamp without time zone: a moment needs timestamptz`
    : null;
}
