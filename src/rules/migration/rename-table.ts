/** Renaming a table while code is running that knows the old name. */
import type { ActionOf } from '../../alembic/simulation/action.ts';
import { quoteQualified } from '../../schema/identifier.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import { insertAfter, pythonString, statementOf } from '../shared/revisions/revision-edits.ts';
import type { ActionSubject, RevisionSubject } from '../shared/revisions/revision-subject.ts';

export const renameTable: Rule = {
  id: 'rename-table',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'strict',
  fix: 'review',
  documentation: {
    summary: 'A table is renamed while the code before still uses the old name',
    why: 'RENAME is done at once, and from then on every query of the version before fails with 42P01, until its last instance is replaced. A rollback of the code does not help either.',
    instead:
      'Leave a view under the old name (`CREATE VIEW old AS SELECT * FROM new`, which takes simple writes too) in the same transaction, and drop it in a later revision. Or keep the table’s name and rename the class alone.',
    references: [
      'https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-UPDATABLE-VIEWS',
    ],
  },
  examples: [
    {
      bad: 'op.rename_table("events", "incidents")',
      good: 'op.rename_table("events", "incidents")\nop.execute("CREATE VIEW events AS SELECT * FROM incidents")',
    },
  ],
  check: { actions: { 'rename-table': checkRename } },
};

function checkRename(subject: ActionSubject<'rename-table'>, context: RevisionContext): void {
  const { action, step, revision } = subject;
  if (isSwap(action, revision)) return;
  const statement = statementOf(step, context.file.module);
  const { schema, name } = action.table;
  const view = `CREATE VIEW ${quoteQualified(schema, name)} AS SELECT * FROM ${quoteQualified(schema, action.newName)}`;
  const edits = statement
    ? [insertAfter(statement, [`op.execute(${pythonString(view)})`], context.file.text)]
    : [];
  const fixes =
    edits.length > 0 ? [{ title: 'Leave a view under the old name', kind: 'review' as const, edits }] : [];
  const more = `code that still says ${name} then fails with 42P01`;
  reportLock(subject, { fact: 'renameTable', table: action.table, what: 'RENAME', more, fixes }, context);
}

/** The old name is taken again in the same revision: by a view, or by a table that was built beside it. */
function isSwap({ table }: ActionOf<'rename-table'>, { upgrade }: RevisionSubject): boolean {
  return upgrade.some(({ actions, statement }) => {
    const taken = actions.some(
      action =>
        (action.kind === 'rename-table' && action.newName === table.name) ||
        (action.kind === 'create-table' && action.table.name === table.name),
    );
    return (
      taken || new RegExp(`\\bview\\s+(?:[\\w"]+\\.)?"?${table.name}\\b`, 'i').test(statement?.sql ?? '')
    );
  });
}
