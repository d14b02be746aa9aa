/** Columns that a revision makes, in new tables and in old ones: what the rules of habit look at. */
import type { Column, Table } from '../../../schema/schema.ts';
import type { ActionListeners, Report, RevisionContext } from '../../rule.ts';
import type { ActionSubject, RevisionSubject } from './revision-subject.ts';

/** What is said of one column, or null. */
export type ColumnCheck = (column: Column, table: Table, place: ColumnPlace) => string | null;

export interface ColumnPlace {
  readonly revision: RevisionSubject;
  readonly context: RevisionContext;
}

/** One report for each action, that names the columns it is about. */
export function columnListeners(check: ColumnCheck): ActionListeners {
  const report = (
    { step, revision }: ActionSubject<'create-table' | 'add-column'>,
    columns: readonly Column[],
    table: Table,
    context: RevisionContext,
  ) => {
    const said = columns.flatMap(column => check(column, table, { revision, context }) ?? []);
    const given: Report = { range: step.range, message: said.join('; ') };
    if (said.length > 0) context.report(given);
  };
  return {
    'create-table': (subject, context) =>
      report(subject, subject.action.definition.columns, subject.action.definition, context),
    'add-column': (subject, context) =>
      report(subject, [subject.action.column], subject.action.definition, context),
  };
}
