/** CASCADE drops whatever depends on it: views, foreign keys, defaults, and says so in a NOTICE alone. */

import type { RevisionContext, Rule } from '../rule.ts';
import { isNewTable } from '../shared/revisions/new-table.ts';
import { editSql } from '../shared/revisions/revision-edits.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const dropCascade: Rule = {
  id: 'drop-cascade',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A drop with CASCADE takes what depends on it along',
    why: 'CASCADE drops views, foreign keys, triggers and column defaults that depend on what is dropped, whoever made them. Which ones stands in a NOTICE alone, and no downgrade knows of them.',
    instead: 'Leave CASCADE out: PostgreSQL then names what depends on it. Drop that by name.',
    references: ['https://www.postgresql.org/docs/current/ddl-depend.html'],
  },
  examples: [
    {
      bad: 'op.execute("ALTER TABLE events DROP CONSTRAINT events_pkey CASCADE")',
      good: 'op.execute("ALTER TABLE events DROP CONSTRAINT events_pkey")',
    },
  ],
  check: {
    actions: {
      'drop-table': check,
      'drop-column': check,
      'drop-type': check,
      'drop-constraint': check,
      'drop-other': check,
    },
  },
};

type Dropping = ActionSubject<'drop-table' | 'drop-column' | 'drop-type' | 'drop-constraint' | 'drop-other'>;

function check({ action, step, revision }: Dropping, context: RevisionContext): void {
  if (!action.cascade) return;
  if ('table' in action && isNewTable(action.table, step, revision)) return;
  const match = /\s*\bcascade\b/i.exec(step.statement?.sql ?? '');
  const edit = match ? editSql(step, { start: match.index, end: match.index + match[0].length }, '') : null;
  context.report({
    range: step.range,
    message:
      'CASCADE also drops whatever depends on it, such as views and foreign keys, and tells so in a NOTICE alone',
    fixes: edit ? [{ title: 'Leave CASCADE out', edits: [edit] }] : [],
  });
}
