/** VACUUM FULL, CLUSTER, SET TABLESPACE, SET LOGGED: the whole table is written anew, on purpose. */

import type { RevisionContext, Rule } from '../rule.ts';
import { rewriteFacts } from '../shared/revisions/action-locks.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const tableRewrite: Rule = {
  id: 'table-rewrite',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A whole table is written anew while reads and writes wait',
    why: 'VACUUM FULL, CLUSTER, SET TABLESPACE, SET LOGGED, SET UNLOGGED and SET ACCESS METHOD take ACCESS EXCLUSIVE and write every row and index to new files: nobody uses the table, and twice its space is needed.',
    instead:
      'Plain VACUUM gives space back to the table itself without such a lock. The extension pg_repack writes a table anew while it is used. Else: while the service is stopped, and not in a migration.',
    references: [
      'https://www.postgresql.org/docs/current/sql-vacuum.html',
      'https://www.postgresql.org/docs/current/sql-cluster.html',
    ],
  },
  examples: [
    {
      bad: 'with op.get_context().autocommit_block():\n    op.execute("VACUUM FULL posts")',
      good: 'with op.get_context().autocommit_block():\n    op.execute("VACUUM posts")',
    },
  ],
  check: { actions: { 'rewrite-table': checkRewrite } },
};

function checkRewrite(subject: ActionSubject<'rewrite-table'>, context: RevisionContext): void {
  const { how, table } = subject.action;
  // Without a name it is every table of the database.
  const shown = table.name === '' ? { schema: null, name: 'every table' } : table;
  reportLock(subject, { fact: rewriteFacts[how], table: shown, what: how }, context);
}
