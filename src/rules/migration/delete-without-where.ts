/** A DELETE without a WHERE in a revision: every row is gone. */

import type { RevisionContext, Rule } from '../rule.ts';
import { isListed, nameList } from '../rule-option.ts';
import { shownTable } from '../shared/revisions/lock-report.ts';
import { isNewTable } from '../shared/revisions/new-table.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

const emptiedTables = nameList({
  name: 'tables',
  summary: 'Tables that may be emptied, such as caches and queues',
});

export const deleteWithoutWhere: Rule = {
  id: 'delete-without-where',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A revision deletes every row of a table',
    why: 'A DELETE without a WHERE empties the table, and no downgrade brings the rows back. On a large table it also writes as much as it deletes, in one transaction.',
    instead:
      'Delete by a WHERE, in batches. Where all rows are meant, say so: `# dbpatterns: ignore[delete-without-where] reason`.',
    references: ['https://www.postgresql.org/docs/current/sql-delete.html'],
  },
  options: [emptiedTables],
  examples: [
    { bad: 'op.execute("DELETE FROM events")', good: `op.execute("DELETE FROM events WHERE kind = 'test'")` },
  ],
  check: { actions: { delete: checkDelete } },
};

function checkDelete({ action, step, revision }: ActionSubject<'delete'>, context: RevisionContext): void {
  if (action.filtered || action.table === null || isNewTable(action.table, step, revision)) return;
  if (isListed(context.option(emptiedTables), action.table.name)) return;
  const message = `All rows of ${shownTable(action.table)} are deleted, and a downgrade cannot bring them back`;
  context.report({ range: step.range, message });
}
