/** A NOT NULL column without a server default, on a table with rows: PostgreSQL refuses it. */
import { findTable } from '../../alembic/simulation/schema-change.ts';
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import type { Column } from '../../schema/schema.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { hasDefault } from '../shared/revisions/column-default.ts';
import { shownTable } from '../shared/revisions/lock-report.ts';
import { isNewTable } from '../shared/revisions/new-table.ts';
import { usesOrmSession } from '../shared/revisions/orm-in-revision.ts';
import { setKeyword } from '../shared/revisions/revision-edits.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const notNullColumnWithoutDefault: Rule = {
  id: 'not-null-column-without-default',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A NOT NULL column without a server default is added to an existing table',
    why: 'Rows that are there would have no value: PostgreSQL refuses with 23502 as soon as the table has one row, and the upgrade stops. `default=` of the model does not help: SQLAlchemy fills it in on INSERT alone.',
    instead:
      'In three steps: add the column as nullable; fill it in batches; let it be NOT NULL in a later revision, by a validated CHECK constraint. Or give it a `server_default`, and drop that later.',
    references: ['https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN'],
  },
  examples: [
    {
      bad: 'op.add_column("events", sa.Column("source", sa.Text(), nullable=False))',
      good: 'op.add_column("events", sa.Column("source", sa.Text(), nullable=False, server_default=""))',
    },
  ],
  check: { actions: { 'add-column': checkAdded, 'set-not-null': checkSet } },
};

function checkAdded({ action, step, revision }: ActionSubject<'add-column'>, context: RevisionContext): void {
  const { column, table } = action;
  if (revision.dialect === 'other' || fillsItself(column) || isNewTable(table, step, revision)) return;
  // A session may have emptied the table before; what it does is not among the operations.
  if (usesOrmSession(context)) return;
  // A table that no revision makes is not known to have rows, or to be there.
  if (!findTable(step.before, table)) return;
  const call = step.operation.call.arguments.map(each => each.value).find(isNotNullColumn);
  const fixes = call
    ? [
        {
          title: 'Add it as nullable, and fill it before it is NOT NULL',
          edits: [setKeyword(call, 'nullable', 'True')],
        },
      ]
    : [];
  context.report({
    range: step.range,
    message: `Rows of ${shownTable(table)} would have no value for ${column.name}: PostgreSQL refuses the column (23502) unless the table is empty`,
    fixes,
  });
}

function fillsItself(column: Column): boolean {
  return (
    column.nullable ||
    hasDefault(column) ||
    column.identity !== null ||
    column.computed !== null ||
    /serial/i.test(column.type)
  );
}

function isNotNullColumn(value: Expression): value is Call {
  return value.kind === 'call' && value.arguments.some(each => each.keyword?.id === 'nullable');
}

/** A column of this revision that nothing has filled. */
function checkSet({ action, step, revision }: ActionSubject<'set-not-null'>, context: RevisionContext): void {
  const earlier = revision.upgrade.slice(0, revision.upgrade.indexOf(step));
  const added = earlier.findLastIndex(({ actions }) =>
    actions.some(
      each => each.kind === 'add-column' && each.column.name === action.column && !hasDefault(each.column),
    ),
  );
  if (added < 0 || isNewTable(action.table, step, revision) || !findTable(revision.before, action.table))
    return;
  if (earlier.slice(added + 1).some(mayFill) || usesOrmSession(context)) return;
  context.report({
    range: step.range,
    message: `Nothing has filled ${action.column} since it was added: PostgreSQL refuses SET NOT NULL (23502) unless ${shownTable(action.table)} is empty`,
  });
}

function mayFill({ actions, operation }: MigrationStep): boolean {
  if (operation.kind === 'unknown' || operation.kind === 'execute-expression') return true;
  return actions.some(
    ({ kind }) => kind === 'update' || kind === 'other' || kind === 'set-default' || kind === 'select',
  );
}
