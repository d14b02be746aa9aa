/** A table or column that is dropped while a model still maps it. */
import { findTable } from '../../alembic/simulation/schema-change.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { modelsOfTable } from '../shared/models/mapped-tables.ts';
import { shownTable } from '../shared/revisions/lock-report.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const droppedWhileMapped: Rule = {
  id: 'dropped-while-mapped',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A table or column is dropped that a model still maps',
    why: 'The model names it in every SELECT and INSERT: after the upgrade they all fail, with 42P01 for a table and 42703 for a column.',
    instead:
      'Take it out of the model, let that version go out, and drop it in a later revision. Where the drop is a mistake of autogenerate, take it out of the revision.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html'],
  },
  examples: [{ bad: 'op.drop_column("users", "deleted_at")', good: 'op.drop_column("users", "nickname")' }],
  check: { actions: { 'drop-table': checkTable, 'drop-column': checkColumn } },
};

function checkTable({ action, step, revision }: ActionSubject<'drop-table'>, context: RevisionContext): void {
  if (findTable(revision.latest, action.table) || !findTable(revision.before, action.table)) return;
  const [model] = modelsOfTable(action.table, context);
  if (!model) return;
  const message = `${model.name} still maps ${shownTable(action.table)}: its queries fail with 42P01 once it is dropped`;
  context.report({ range: step.range, message });
}

function checkColumn(
  { action, step, revision }: ActionSubject<'drop-column'>,
  context: RevisionContext,
): void {
  const latest = findTable(revision.latest, action.table);
  if (!latest || latest.columns.some(column => column.name === action.column)) return;
  const models = modelsOfTable(action.table, context);
  const [model] = models;
  const maps = (each: Model) => each.table?.columns.some(column => column.name === action.column) === true;
  // Where several classes map the table and one has let go of the column, the others may be leftovers.
  if (!model || !models.every(maps)) return;
  const column = `${shownTable(action.table)}.${action.column}`;
  context.report({
    range: step.range,
    message: `${model.name} still maps ${column}: its queries fail with 42703 once it is dropped`,
  });
}
