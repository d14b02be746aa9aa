/** varchar(n): a limit that costs as much as text, and a lock to change. */
import type { Column } from '../../schema/schema.ts';
import type { Rule } from '../rule.ts';
import { columnListeners } from '../shared/revisions/new-columns.ts';

export const preferText: Rule = {
  id: 'prefer-text',
  category: 'migration',
  since: '0.1.0',
  severity: 'information',
  preset: 'all',
  fix: null,
  documentation: {
    summary: 'A column is varchar(n)',
    why: 'PostgreSQL stores varchar(n) and text alike. The limit is often a guess, and making it smaller later writes the table anew under ACCESS EXCLUSIVE.',
    instead: '`sa.Text()`, and a CHECK constraint on the length where there is a real limit.',
    references: ['https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_varchar.28n.29_by_default'],
  },
  examples: [
    {
      bad: 'op.add_column("events", sa.Column("note", sa.String(80)))',
      good: 'op.add_column("events", sa.Column("note", sa.Text()))',
    },
  ],
  check: { actions: columnListeners(checkColumn) },
};

function checkColumn({ name, type }: Column): string | null {
  return /^(?:varchar|character varying)\s*\(/i.test(type)
    ? `${name} is ${type}: text costs the same, and a CHECK constraint says the limit`
    : null;
}
