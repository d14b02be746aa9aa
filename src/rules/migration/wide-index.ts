/** An index over more than three columns: large, and seldom used to its end. */

import type { RevisionContext, Rule } from '../rule.ts';
import { wholeNumber } from '../rule-option.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

const maxColumns = wholeNumber({
  name: 'max-columns',
  summary: 'How many columns a plain index may have',
  default: 3,
  minimum: 1,
});

export const wideIndex: Rule = {
  id: 'wide-index',
  category: 'migration',
  since: '0.1.0',
  severity: 'information',
  preset: 'all',
  fix: null,
  documentation: {
    summary: 'A plain index has more than three columns',
    why: 'Each column makes the index larger and every write slower, and the planner seldom has conditions for all of them in that order.',
    instead:
      'Index the columns that select most. Columns that are only read go into `postgresql_include=[…]`. A unique index is what its columns mean, and is left alone here.',
    references: ['https://www.postgresql.org/docs/current/indexes-multicolumn.html'],
  },
  options: [maxColumns],
  examples: [
    {
      bad: 'op.create_table("notes", sa.Column("a", sa.Text()), sa.Column("b", sa.Text()), sa.Column("c", sa.Text()), sa.Column("d", sa.Text()))\nop.create_index("ix_notes", "notes", ["a", "b", "c", "d"])',
      good: 'op.create_table("notes", sa.Column("a", sa.Text()), sa.Column("b", sa.Text()), sa.Column("c", sa.Text()), sa.Column("d", sa.Text()))\nop.create_index("ix_notes", "notes", ["a", "b"], postgresql_include=["c", "d"])',
    },
  ],
  check: { actions: { 'create-index': checkIndex } },
};

function checkIndex({ action, step }: ActionSubject<'create-index'>, context: RevisionContext): void {
  const { elements, unique } = action.index;
  const most = context.option(maxColumns);
  if (unique || elements.length <= most) return;
  const message = `The index has ${elements.length} columns: every write pays for them, and few queries use more than ${most}`;
  context.report({ range: step.range, message });
}
