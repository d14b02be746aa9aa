/** DISTINCT and ORDER BY that do not fit together. */
import type { Rule } from '../rule.ts';
import { isBefore2 } from '../shared/drivers/legacy-version.ts';
import type { VerdictError } from '../shared/statements/verdict-error.ts';
import { verdictListener } from '../shared/statements/verdict-rule.ts';

export const distinctOrderMismatch: Rule = {
  id: 'distinct-order-mismatch',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'ORDER BY asks for something that DISTINCT has not kept',
    why: 'DISTINCT ON keeps the first row of each group, so its columns must be the first ones of ORDER BY. Plain DISTINCT can only be ordered by what is selected: of several equal rows, each with another value of the ordering column, none is the first. PostgreSQL refuses both each time the statement runs (42P10).',
    instead:
      'Begin ORDER BY with the columns of DISTINCT ON: `.distinct(User.name).order_by(User.name, User.age)`. With plain DISTINCT, select what you order by, or order in an outer statement.',
    references: ['https://www.postgresql.org/docs/current/sql-select.html#SQL-DISTINCT'],
  },
  examples: [
    {
      bad: 'select(User).distinct(User.name).order_by(User.age)',
      good: 'select(User).distinct(User.name).order_by(User.name, User.age)',
    },
    {
      bad: 'select(User.name).distinct().order_by(User.age)',
      good: 'select(User.name, User.age).distinct().order_by(User.age)',
    },
  ],
  // Before 2.0 a Query added what it orders by to its columns.
  check: verdictListener({ accepts: (error, context) => isDistinctMismatch(error) && !isBefore2(context) }),
};

export function isDistinctMismatch({ sqlstate, message }: VerdictError): boolean {
  return sqlstate === '42P10' && message.includes('DISTINCT');
}
