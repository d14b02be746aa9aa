/** `op.drop_index(…)` on a table in use: it waits for every query, and every query waits for it. */
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import type { DatabaseSchema, Table } from '../../schema/schema.ts';
import type { ReportedFix, RevisionContext, Rule } from '../rule.ts';
import { concurrentlyFix, type SqlInsertion } from '../shared/revisions/concurrently-fix.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import { inAutocommitBlock, setKeyword, statementOf } from '../shared/revisions/revision-edits.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const dropIndexWithoutConcurrently: Rule = {
  id: 'drop-index-without-concurrently',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'strict',
  fix: 'review',
  documentation: {
    summary: 'An index is dropped under a lock that keeps everybody waiting',
    why: 'DROP INDEX is quick, but takes ACCESS EXCLUSIVE on the table. It waits for the longest query that runs, and whoever comes after it waits as well: reads and writes stand still for as long.',
    instead:
      'Drop it with CONCURRENTLY, outside of the transaction: `with op.get_context().autocommit_block():` around `op.drop_index(…, postgresql_concurrently=True, if_exists=True)`. The index of a constraint cannot be dropped so.',
    references: ['https://www.postgresql.org/docs/current/sql-dropindex.html'],
  },
  examples: [
    {
      bad: 'op.drop_index("ix_posts_author_id", table_name="posts")',
      good: 'with op.get_context().autocommit_block():\n    op.drop_index("ix_posts_author_id", table_name="posts", postgresql_concurrently=True, if_exists=True)',
    },
  ],
  check: { actions: { 'drop-index': checkIndex } },
};

function checkIndex(subject: ActionSubject<'drop-index'>, context: RevisionContext): void {
  const { action, step } = subject;
  const table = action.table ?? ownerOf(action.name, step.before);
  if (action.concurrently !== false || action.cascade || !table) return;
  const fixes = inDirective(step, context) ?? concurrentlyFix(step, context, insertion(step));
  reportLock(subject, { fact: 'dropIndex', table, what: 'DROP INDEX', fixes }, context);
}

function ownerOf(index: string, schema: DatabaseSchema): Table | undefined {
  return schema.tables.find(table => table.indexes.some(each => each.name === index));
}

function inDirective(step: MigrationStep, { file }: RevisionContext): readonly ReportedFix[] | null {
  const { operation } = step;
  if (operation.kind !== 'drop-index') return null;
  const statement = statementOf(step, file.module);
  if (!statement || operation.batch) return [];
  const edits = [
    ...(operation.autocommit ? [] : inAutocommitBlock(statement, file.text)),
    setKeyword(operation.call, 'postgresql_concurrently', 'True'),
    ...(operation.ifExists ? [] : [setKeyword(operation.call, 'if_exists', 'True')]),
  ];
  return [{ title: 'Drop it concurrently, outside of the transaction', edits }];
}

function insertion({ statement }: MigrationStep): SqlInsertion {
  const exists = /\bif\s+exists\b/i.test(statement?.sql ?? '');
  return { after: /^\s*drop\s+index\b/i, words: exists ? ' CONCURRENTLY' : ' CONCURRENTLY IF EXISTS' };
}
