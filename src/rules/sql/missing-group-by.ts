/** A plain column beside an aggregate, without GROUP BY. */
import type { Rule } from '../rule.ts';
import { verdictListener } from '../verdict-rule.ts';

export const missingGroupBy: Rule = {
  id: 'missing-group-by',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A column stands beside an aggregate without being grouped by',
    why: 'PostgreSQL cannot know which of the group’s values to give, and refuses the statement (42803).',
    instead: 'Add the column to `group_by()`, or aggregate it too.',
    references: ['https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  },
  examples: [
    {
      bad: 'select(User.name, func.count(User.id))',
      good: 'select(User.name, func.count(User.id)).group_by(User.name)',
    },
  ],
  check: verdictListener({ accepts: ({ sqlstate }) => sqlstate === '42803' }),
};
