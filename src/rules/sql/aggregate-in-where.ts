/** `where(func.count(Post.id) > 3)`: there are no groups yet when WHERE is asked. */
import type { Rule } from '../rule.ts';
import { verdictListener } from '../shared/statements/verdict-rule.ts';
import { isMisplacedAggregate } from './missing-group-by.ts';

export const aggregateInWhere: Rule = {
  id: 'aggregate-in-where',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'An aggregate stands where there are no groups, as in WHERE or inside another aggregate',
    why: 'WHERE chooses rows before they are grouped, so that there is nothing to count or sum yet. PostgreSQL refuses the statement each time it runs: `aggregate functions are not allowed in WHERE` (42803).',
    instead:
      'Put conditions on groups into `having()`. To compare with an aggregate of other rows, use a scalar subquery; to aggregate an aggregate, a subquery in FROM.',
    references: ['https://www.postgresql.org/docs/current/tutorial-agg.html'],
  },
  examples: [
    {
      bad: 'select(Post.author_id).where(func.count(Post.id) > 3).group_by(Post.author_id)',
      good: 'select(Post.author_id).group_by(Post.author_id).having(func.count(Post.id) > 3)',
    },
  ],
  check: verdictListener({ accepts: isMisplacedAggregate }),
};
