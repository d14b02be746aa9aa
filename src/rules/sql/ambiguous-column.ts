/** A bare column name that several tables of FROM have. */
import type { Rule } from '../rule.ts';
import { verdictListener } from '../shared/statements/verdict-rule.ts';

export const ambiguousColumn: Rule = {
  id: 'ambiguous-column',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A column name could belong to several tables',
    why: 'Two tables in FROM have a column of that name, so PostgreSQL refuses to choose (42702).',
    instead: 'Write the table before the name: `users.id`.',
    references: ['https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  },
  examples: [
    {
      bad: 'text("SELECT id FROM users JOIN posts ON posts.author_id = users.id")',
      good: 'text("SELECT users.id FROM users JOIN posts ON posts.author_id = users.id")',
    },
  ],
  check: verdictListener({ accepts: ({ sqlstate }) => sqlstate === '42702' }),
};
