/** Row security switched on without a policy: everybody but the owner sees an empty table. */
import { isSameName } from '../../schema/schema-change.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const rowSecurityWithoutPolicy: Rule = {
  id: 'row-security-without-policy',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'Row level security is switched on, and no policy says who may see what',
    why: 'Without a policy the default is to deny: queries of anyone but the table’s owner return no rows and fail to insert, without an error at the place that was changed. The running service is cut off when the transaction commits.',
    instead:
      'Create the policies in the same revision, before the switch, and try them as the role that the service connects as.',
    references: ['https://www.postgresql.org/docs/current/ddl-rowsecurity.html'],
  },
  examples: [
    {
      bad: 'op.execute("ALTER TABLE posts ENABLE ROW LEVEL SECURITY")',
      good: `op.execute("CREATE POLICY own_posts ON posts USING (author_id = current_setting('app.user_id')::int)")\nop.execute("ALTER TABLE posts ENABLE ROW LEVEL SECURITY")`,
    },
  ],
  check: { actions: { 'enable-row-security': checkSwitch } },
};

function checkSwitch(subject: ActionSubject<'enable-row-security'>, context: RevisionContext): void {
  const { action, revision } = subject;
  const covered = revision.upgrade.some(({ actions }) =>
    actions.some(each => each.kind === 'create-policy' && isSameName(each.table, action.table)),
  );
  // A policy may come through SQL that is put together, or from an earlier revision, whose policies are not kept.
  if (covered || revision.upgrade.some(step => step.opaque !== null)) return;
  const more = 'without a policy everybody but the owner then sees no rows';
  const what = 'ENABLE ROW LEVEL SECURITY';
  reportLock(subject, { fact: 'enableRowSecurity', table: action.table, what, more }, context);
}
