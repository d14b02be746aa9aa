/** A schema change under a condition that only the running database decides. */
import type { Operation } from '../../alembic/directives/operation.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import type { RevisionSubject } from '../shared/revisions/revision-subject.ts';

export const dataDependentMigration: Rule = {
  id: 'data-dependent-migration',
  category: 'migration',
  since: '0.1.0',
  severity: 'information',
  preset: 'all',
  fix: null,
  documentation: {
    summary: 'Whether the schema changes is decided when the revision runs',
    why: 'Two databases at the same revision may then have different schemas, and nothing tells which. `alembic upgrade --sql` cannot answer the question at all.',
    instead:
      'Let a revision do the same everywhere. Where objects may be there already, say `if_not_exists=True` or `if_exists=True`.',
    references: ['https://alembic.sqlalchemy.org/en/latest/offline.html'],
  },
  examples: [
    {
      bad: 'if sa.inspect(op.get_bind()).has_table("notes"):\n    op.add_column("notes", sa.Column("text", sa.Text()))',
      good: 'op.add_column("events", sa.Column("text", sa.Text()), if_not_exists=True)',
    },
  ],
  check: { revision: checkRevision },
};

function checkRevision({ upgrade }: RevisionSubject, context: RevisionContext): void {
  for (const { operation, before, after, range } of upgrade) {
    if (operation.certain || (before === after && !changesSchema(operation))) continue;
    context.report({
      range,
      message: 'Whether this runs is decided by what the database holds: two at this revision may differ',
    });
  }
}

function changesSchema({ kind }: Operation): boolean {
  return !['execute-sql', 'execute-expression', 'bulk-insert', 'unknown'].includes(kind);
}
