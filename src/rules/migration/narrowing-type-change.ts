/** A column type that cannot hold all that the old one could. */
import { findTable } from '../../alembic/simulation/schema-change.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { lockFacts } from '../shared/revisions/lock-facts.ts';
import { shownTable } from '../shared/revisions/lock-report.ts';
import { isNewTable } from '../shared/revisions/new-table.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';
import { narrowing } from '../shared/revisions/type-change.ts';

export const narrowingTypeChange: Rule = {
  id: 'narrowing-type-change',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A column gets a type that cannot hold all of its values',
    why: 'Values that do not fit fail the migration (22001, 22003), or lose digits, fractions or time zones without a word. A downgrade to the wider type does not bring them back.',
    instead:
      'Ask the table first: `SELECT count(*) … WHERE length(name) > 50`. Refuse to run where anything would be lost, or keep the wider type and check the length by a CHECK constraint.',
    references: ['https://www.postgresql.org/docs/current/sql-altertable.html'],
  },
  examples: [
    {
      bad: 'op.alter_column("events", "kind", type_=sa.String(10))',
      good: 'op.alter_column("events", "kind", type_=sa.String(40))',
    },
  ],
  check: { actions: { 'set-type': checkType } },
};

function checkType({ action, step, revision }: ActionSubject<'set-type'>, context: RevisionContext): void {
  const column = findTable(step.before, action.table)?.columns.find(each => each.name === action.column);
  if (!column || action.type === null || isNewTable(action.table, step, revision)) return;
  const lost = narrowing(column.type, action.type);
  if (lost === null) return;
  // What the expression after USING does to the values is the author's to know.
  if (action.using && !/fail/.test(lost)) return;
  context.report({
    range: step.range,
    message: `${shownTable(action.table)}.${action.column} goes from ${column.type} to ${action.type}: ${lost}, and the table is written anew under ${lockFacts.shrinkVarchar.mode} while reads and writes wait`,
  });
}
