/** ADD UNIQUE builds an index while nobody can use the table; USING INDEX takes one that is there. */

import type { RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';
import { usingIndexFix } from '../shared/revisions/using-index-fix.ts';

export const uniqueConstraintWithoutIndex: Rule = {
  id: 'unique-constraint-without-index',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A unique constraint builds its index while reads and writes wait',
    why: 'ADD UNIQUE takes ACCESS EXCLUSIVE and builds an index over every row before it gives it up: nobody reads or writes the table for that long.',
    instead:
      'Build a unique index with CONCURRENTLY, outside of the transaction, then `ALTER TABLE … ADD CONSTRAINT … UNIQUE USING INDEX …`, which is done at once.',
    references: [
      'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX',
    ],
  },
  examples: [
    {
      bad: 'op.create_unique_constraint("uq_posts_title", "posts", ["title"])',
      good: 'with op.get_context().autocommit_block():\n    op.create_index("uq_posts_title", "posts", ["title"], unique=True, postgresql_concurrently=True, if_not_exists=True)\nop.execute("ALTER TABLE posts ADD CONSTRAINT uq_posts_title UNIQUE USING INDEX uq_posts_title")',
    },
  ],
  check: { actions: { 'add-unique': checkUnique } },
};

function checkUnique(subject: ActionSubject<'add-unique'>, context: RevisionContext): void {
  const { action, step } = subject;
  if (action.usingIndex) return;
  const key = {
    kind: 'UNIQUE',
    table: action.table,
    name: action.name,
    columns: action.key.columns,
  } as const;
  const fixes = usingIndexFix(step, key, context);
  reportLock(subject, { fact: 'addUnique', table: action.table, what: 'ADD UNIQUE', fixes }, context);
}
