/** json: text that is parsed again at each access, without operators or indexes. */
import type { Column } from '../../schema/schema.ts';
import type { Rule } from '../rule.ts';
import { columnListeners } from '../shared/revisions/new-columns.ts';

export const preferJsonb: Rule = {
  id: 'prefer-jsonb',
  category: 'migration',
  since: '0.1.0',
  severity: 'information',
  preset: 'all',
  fix: null,
  documentation: {
    summary: 'A column is json instead of jsonb',
    why: 'json keeps the text as it came, parses it at each access, and has neither an equality operator (DISTINCT and GROUP BY fail) nor index support.',
    instead: '`postgresql.JSONB()`. json is right where the very text has to be kept.',
    references: ['https://www.postgresql.org/docs/current/datatype-json.html'],
  },
  examples: [
    {
      bad: 'op.add_column("events", sa.Column("data", sa.JSON()))',
      good: 'op.add_column("events", sa.Column("data", postgresql.JSONB()))',
    },
  ],
  check: { actions: columnListeners(checkColumn) },
};

function checkColumn({ name, type }: Column): string | null {
  return /^json$/i.test(type) ? `${name} is json: jsonb can be compared and indexed` : null;
}
