/** SQL that PostgreSQL cannot read. */
import type { Rule } from '../rule.ts';
import { verdictListener } from '../shared/statements/verdict-rule.ts';

export const sqlSyntaxError: Rule = {
  id: 'sql-syntax-error',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'PostgreSQL cannot read the SQL',
    why: 'The statement fails each time it runs, before any table is looked at (42601).',
    instead: 'Correct the SQL at the place shown.',
    references: ['https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  },
  examples: [
    {
      bad: 'text("SELECT id FROM users WHERE AND name IS NULL")',
      good: 'text("SELECT id FROM users WHERE name IS NULL")',
    },
  ],
  check: verdictListener({ accepts: ({ sqlstate }) => sqlstate === '42601' }),
};
