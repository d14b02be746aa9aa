/** REFRESH MATERIALIZED VIEW: nobody reads the view while its query runs. */

import type { RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import { insertInSql } from '../shared/revisions/revision-edits.ts';
import type { ActionSubject, RevisionSubject } from '../shared/revisions/revision-subject.ts';

export const refreshWithoutConcurrently: Rule = {
  id: 'refresh-without-concurrently',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A materialized view is refreshed while its readers wait',
    why: 'REFRESH MATERIALIZED VIEW takes ACCESS EXCLUSIVE on the view and runs its query: every read of the view waits for the end.',
    instead:
      '`REFRESH MATERIALIZED VIEW CONCURRENTLY`: reads go on. The view needs a unique index over plain columns, and must have been filled before.',
    references: ['https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html'],
  },
  examples: [
    {
      bad: 'op.execute("REFRESH MATERIALIZED VIEW totals")',
      good: 'op.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY totals")',
    },
  ],
  check: { actions: { 'refresh-view': checkRefresh } },
};

function checkRefresh(subject: ActionSubject<'refresh-view'>, context: RevisionContext): void {
  const { action, step, revision } = subject;
  if (action.concurrently || isMadeHere(action.name.name, revision)) return;
  const edit = insertInSql(step, /^\s*refresh\s+materialized\s+view\b/i, ' CONCURRENTLY');
  const fixes = edit ? [{ title: 'Refresh it concurrently', edits: [edit] }] : [];
  reportLock(subject, { fact: 'refreshView', table: action.name, what: 'REFRESH', fixes }, context);
}

/** CONCURRENTLY is refused on a view that was never filled, and nobody reads one that is new. */
function isMadeHere(view: string, { upgrade }: RevisionSubject): boolean {
  return upgrade.some(({ statement }) => {
    const made = /^\s*create\s+materialized\s+view\s+(?:if\s+not\s+exists\s+)?(?:[\w"]+\.)?"?(\w+)/i.exec(
      statement?.sql ?? '',
    );
    return made?.[1] === view;
  });
}
