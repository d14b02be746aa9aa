/** TRUNCATE deletes every row under the strongest lock, and with CASCADE those of other tables. */

import type { RevisionContext, Rule } from '../rule.ts';
import { isListed, nameList } from '../rule-option.ts';
import { lockFacts } from '../shared/revisions/lock-facts.ts';
import { shownTable } from '../shared/revisions/lock-report.ts';
import { isNewTable } from '../shared/revisions/new-table.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

const emptiedTables = nameList({
  name: 'tables',
  summary: 'Tables that may be emptied, such as caches and queues',
});

export const truncateTable: Rule = {
  id: 'truncate-table',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A table is emptied by TRUNCATE',
    why: 'TRUNCATE takes ACCESS EXCLUSIVE, deletes every row, and no downgrade brings them back. With CASCADE it empties every table that refers to this one as well.',
    instead:
      'Delete the rows that are meant, by a WHERE and in batches. Where all of them are, say so: `# dbpatterns: ignore[truncate-table] reason`.',
    references: ['https://www.postgresql.org/docs/current/sql-truncate.html'],
  },
  options: [emptiedTables],
  examples: [
    { bad: 'op.execute("TRUNCATE events")', good: `op.execute("DELETE FROM events WHERE kind = 'test'")` },
  ],
  check: { actions: { truncate: checkTruncate } },
};

function checkTruncate(subject: ActionSubject<'truncate'>, context: RevisionContext): void {
  const { action, step, revision } = subject;
  const listed = action.cascade ? [] : context.option(emptiedTables);
  const tables = action.tables.filter(
    table => !isNewTable(table, step, revision) && !isListed(listed, table.name),
  );
  const [first] = tables;
  if (!first) return;
  const more = action.cascade ? ', and with CASCADE those of every table that refers to it' : '';
  context.report({
    range: step.range,
    message: `All rows of ${tables.map(shownTable).join(', ')} are deleted${more}, under ${lockFacts.truncate.mode}: reads and writes wait until the transaction ends`,
  });
}
