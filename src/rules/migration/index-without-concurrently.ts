/** `op.create_index(…)` on a table with rows: writes wait for as long as the index is built. */
import type { TextEdit } from '../../base/edit.ts';
import type { ReportedFix, RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import {
  inAutocommitBlock,
  insertInSql,
  setKeyword,
  statementOf,
} from '../shared/revisions/revision-edits.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const indexWithoutConcurrently: Rule = {
  id: 'index-without-concurrently',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'An index on an existing table is built while writes wait',
    why: 'CREATE INDEX holds a SHARE lock from the first row to the last: every INSERT, UPDATE and DELETE on the table waits, and with them the requests that sent them. On a large table that is minutes.',
    instead:
      'Build it with CONCURRENTLY, which needs to stand outside of the transaction: `with op.get_context().autocommit_block():` around `op.create_index(…, postgresql_concurrently=True, if_not_exists=True)`. A build that is interrupted leaves an invalid index: drop it before the next try.',
    references: [
      'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
      'https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block',
    ],
  },
  examples: [
    {
      bad: 'op.create_index("ix_posts_title", "posts", ["title"])',
      good: 'with op.get_context().autocommit_block():\n    op.create_index("ix_posts_title", "posts", ["title"], postgresql_concurrently=True, if_not_exists=True)',
    },
  ],
  check: { actions: { 'create-index': checkIndex } },
};

function checkIndex(subject: ActionSubject<'create-index'>, context: RevisionContext): void {
  const { action } = subject;
  if (action.concurrently !== false) return;
  const fixes = concurrentFixes(subject, context);
  reportLock(subject, { fact: 'createIndex', table: action.table, what: 'CREATE INDEX', fixes }, context);
}

function concurrentFixes(
  { step }: ActionSubject<'create-index'>,
  { file }: RevisionContext,
): readonly ReportedFix[] {
  const statement = statementOf(step, file.module);
  const edits = inDirective(step) ?? inSql(step);
  // An index that a column brings along is none of its own.
  if (!statement || !edits) return [];
  const block = step.operation.autocommit ? [] : inAutocommitBlock(statement, file.text);
  return [{ title: 'Build it concurrently, outside of the transaction', edits: [...block, ...edits] }];
}

function inDirective({ operation }: ActionSubject['step']): readonly TextEdit[] | null {
  if (operation.kind !== 'create-index' || operation.batch) return null;
  const edits = [setKeyword(operation.call, 'postgresql_concurrently', 'True')];
  return operation.ifNotExists ? edits : [...edits, setKeyword(operation.call, 'if_not_exists', 'True')];
}

/** CONCURRENTLY cannot be one of several statements that are sent at once. */
function inSql(step: ActionSubject['step']): readonly TextEdit[] | null {
  if (step.statement?.alone !== true) return null;
  const words = /\bif\s+not\s+exists\b/i.test(step.statement.sql)
    ? ' CONCURRENTLY'
    : ' CONCURRENTLY IF NOT EXISTS';
  const edit = insertInSql(step, /^\s*create\s+(?:unique\s+)?index\b/i, words);
  return edit ? [edit] : null;
}
