/** REINDEX of a table or index in use: even reads wait, since planning looks at every index. */

import type { RevisionContext, Rule } from '../rule.ts';
import { concurrentlyFix } from '../shared/revisions/concurrently-fix.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const reindexWithoutConcurrently: Rule = {
  id: 'reindex-without-concurrently',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'An index is rebuilt while reads and writes wait',
    why: 'REINDEX takes SHARE on the table and ACCESS EXCLUSIVE on each index. Planning any query of the table looks at its indexes, so reads wait as well, until every row has been read.',
    instead: '`REINDEX … CONCURRENTLY` (PostgreSQL 12 and later), outside of the transaction.',
    references: ['https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY'],
  },
  examples: [
    {
      bad: 'op.execute("REINDEX TABLE posts")',
      good: 'with op.get_context().autocommit_block():\n    op.execute("REINDEX TABLE CONCURRENTLY posts")',
    },
  ],
  check: { actions: { reindex: checkReindex } },
};

function checkReindex(subject: ActionSubject<'reindex'>, context: RevisionContext): void {
  const { action, step } = subject;
  if (action.concurrently) return;
  const owner = step.before.tables.find(table =>
    table.indexes.some(index => index.name === action.name.name),
  );
  const fixes = concurrentlyFix(step, context, { after: kinds, words: ' CONCURRENTLY' });
  reportLock(subject, { fact: 'reindex', table: owner ?? action.name, what: 'REINDEX', fixes }, context);
}

const kinds = /^\s*reindex\s*(?:\([^)]*\)\s*)?(?:index|table|schema|database)\b/i;
