/** CONCURRENTLY, VACUUM and others that PostgreSQL refuses inside of a transaction, which Alembic opens. */
import type { Action } from '../../alembic/simulation/action.ts';
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { locksMatter } from '../shared/revisions/lock-report.ts';
import { inAutocommitBlock, statementOf } from '../shared/revisions/revision-edits.ts';
import type { RevisionSubject } from '../shared/revisions/revision-subject.ts';
import { connectsElsewhere, isInTransaction, usesNoTransaction } from '../shared/revisions/transaction.ts';

export const concurrentlyInTransaction: Rule = {
  id: 'concurrently-in-transaction',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A statement that cannot run in a transaction stands in the migration’s',
    why: 'Alembic runs a revision in a transaction. PostgreSQL refuses CREATE INDEX CONCURRENTLY, VACUUM, CREATE DATABASE and their like there (25001, “cannot run inside a transaction block”), and the upgrade stops.',
    instead:
      'Put it into `with op.get_context().autocommit_block():`. The block commits what came before it: let it stand first, or in a revision of its own.',
    references: [
      'https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block',
      'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
    ],
  },
  examples: [
    {
      bad: 'op.create_index("ix_posts_title", "posts", ["title"], postgresql_concurrently=True, if_not_exists=True)',
      good: 'with op.get_context().autocommit_block():\n    op.create_index("ix_posts_title", "posts", ["title"], postgresql_concurrently=True, if_not_exists=True)',
    },
  ],
  check: { revision: checkRevision },
};

function checkRevision(revision: RevisionSubject, context: RevisionContext): void {
  if (!locksMatter(revision) || usesNoTransaction(context.file.text)) return;
  const environment = environmentText(revision, context);
  if (usesNoTransaction(environment) || connectsElsewhere(environment)) return;
  for (const steps of [revision.upgrade, revision.downgrade]) {
    for (const step of steps) if (isInTransaction(step, steps)) checkStep(step, context);
  }
}

function checkStep(step: MigrationStep, context: RevisionContext): void {
  const what = step.actions.map(refused).find(each => each !== null);
  if (what === undefined) return;
  const statement = statementOf(step, context.file.module);
  const edits =
    statement && step.statement?.alone !== false ? inAutocommitBlock(statement, context.file.text) : [];
  context.report({
    range: step.range,
    message: `${what} cannot run inside a transaction, and Alembic runs this revision in one: PostgreSQL refuses it (25001), and the upgrade stops`,
    fixes: edits.length > 0 ? [{ title: 'Put it outside of the transaction', edits }] : [],
  });
}

/** What PostgreSQL calls it; null for what may run anywhere. */
function refused(action: Action): string | null {
  switch (action.kind) {
    case 'create-index':
      return action.concurrently ? 'CREATE INDEX CONCURRENTLY' : null;
    case 'drop-index':
      return action.concurrently ? 'DROP INDEX CONCURRENTLY' : null;
    case 'reindex':
      return action.concurrently ? 'REINDEX CONCURRENTLY' : null;
    case 'detach-partition':
      return action.concurrently ? 'DETACH PARTITION CONCURRENTLY' : null;
    case 'rewrite-table':
      return action.how === 'VACUUM FULL' ? 'VACUUM' : null;
    case 'vacuum':
      return 'VACUUM';
    case 'drop-database':
      return 'DROP DATABASE';
    case 'outside-transaction':
      return action.what;
    default:
      return null;
  }
}

function environmentText({ environment }: RevisionSubject, { project }: RevisionContext): string {
  return project.files.get(`${environment.scriptLocation ?? ''}/env.py`)?.text ?? '';
}
