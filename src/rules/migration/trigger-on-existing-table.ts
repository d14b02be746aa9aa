/** A trigger on a table in use: writes wait for it, and run it from then on. */

import type { RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const triggerOnExistingTable: Rule = {
  id: 'trigger-on-existing-table',
  category: 'migration',
  since: '0.1.0',
  severity: 'information',
  preset: 'all',
  fix: null,
  documentation: {
    summary: 'A trigger is added to an existing table',
    why: 'CREATE TRIGGER takes SHARE ROW EXCLUSIVE: it waits for every transaction that has written to the table, and writes wait behind it. From then on each write runs it, in its own transaction.',
    instead:
      'Set a lock_timeout, so that it gives up instead of holding everybody up, and try again. Measure writes with the trigger first.',
    references: ['https://www.postgresql.org/docs/current/sql-createtrigger.html'],
  },
  examples: [
    {
      bad: 'op.execute("CREATE TRIGGER touched BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION touch()")',
      good: 'op.execute("CREATE TABLE notes (id bigint PRIMARY KEY)")\nop.execute("CREATE TRIGGER touched BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION touch()")',
    },
  ],
  check: { actions: { 'create-trigger': checkTrigger } },
};

function checkTrigger(subject: ActionSubject<'create-trigger'>, context: RevisionContext): void {
  const { name, table } = subject.action;
  const more = 'each write runs it from then on';
  reportLock(subject, { fact: 'createTrigger', table, what: `CREATE TRIGGER ${name}`, more }, context);
}
