/** A concurrent build outside of the transaction cannot be rolled back: the next try finds half of it done. */
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { setKeyword } from '../shared/revisions/revision-edits.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const concurrentIndexNotRetryable: Rule = {
  id: 'concurrent-index-not-retryable',
  category: 'migration',
  since: '0.1.0',
  severity: 'information',
  preset: 'all',
  fix: 'safe',
  documentation: {
    summary: 'A statement outside of the transaction cannot simply be tried again',
    why: 'What runs in `autocommit_block()` is committed at once. When a later statement fails, Alembic begins the revision anew, and stops at the index that is there already.',
    instead:
      '`if_not_exists=True` and `if_exists=True`. An invalid index that an interrupted build has left is taken for done: look for it by `\\d table`, and drop it.',
    references: [
      'https://alembic.sqlalchemy.org/en/latest/ops.html#alembic.operations.Operations.create_index',
    ],
  },
  examples: [
    {
      bad: 'with op.get_context().autocommit_block():\n    op.create_index("ix_posts_title", "posts", ["title"], postgresql_concurrently=True)',
      good: 'with op.get_context().autocommit_block():\n    op.create_index("ix_posts_title", "posts", ["title"], postgresql_concurrently=True, if_not_exists=True)',
    },
  ],
  check: { actions: { 'create-index': checkCreate, 'drop-index': checkDrop } },
};

function checkCreate({ action, step }: ActionSubject<'create-index'>, context: RevisionContext): void {
  if (!action.concurrently || action.ifNotExists) return;
  report(step, step.operation.kind === 'create-index' ? 'if_not_exists' : null, context);
}

function checkDrop({ action, step }: ActionSubject<'drop-index'>, context: RevisionContext): void {
  if (!action.concurrently || action.ifExists) return;
  report(step, step.operation.kind === 'drop-index' ? 'if_exists' : null, context);
}

function report(step: MigrationStep, keyword: string | null, context: RevisionContext): void {
  context.report({
    range: step.range,
    message: 'This is committed at once: where a later statement fails, the next try stops here',
    fixes:
      keyword === null
        ? []
        : [{ title: `Add ${keyword}=True`, edits: [setKeyword(step.operation.call, keyword, 'True')] }],
  });
}
