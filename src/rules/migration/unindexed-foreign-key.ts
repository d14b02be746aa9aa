/** A foreign key without an index: deleting one row of the other table reads this one whole. */
import type { TableName } from '../../alembic/directives/operation.ts';
import { findTable } from '../../alembic/simulation/schema-change.ts';
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import type { ForeignKey, Table } from '../../schema/schema.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { shownTable } from '../shared/revisions/lock-report.ts';
import type { ActionSubject, RevisionSubject } from '../shared/revisions/revision-subject.ts';

export const unindexedForeignKey: Rule = {
  id: 'unindexed-foreign-key',
  category: 'migration',
  since: '0.1.0',
  severity: 'information',
  preset: 'all',
  fix: null,
  documentation: {
    summary: 'A foreign key has no index on its columns',
    why: 'PostgreSQL makes none by itself. Deleting a row, or changing its key, looks for rows that refer to it: without an index each time through the whole table, and joins do the same.',
    instead: '`index=True` on the column, or `op.create_index()`; on a table with rows concurrently.',
    references: ['https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK'],
  },
  examples: [
    {
      bad: 'op.create_table("notes", sa.Column("id", sa.BigInteger(), primary_key=True), sa.Column("post_id", sa.Integer(), sa.ForeignKey("posts.id", name="fk_notes_post_id")))',
      good: 'op.create_table("notes", sa.Column("id", sa.BigInteger(), primary_key=True), sa.Column("post_id", sa.Integer(), sa.ForeignKey("posts.id", name="fk_notes_post_id"), index=True))',
    },
  ],
  check: { actions: { 'create-table': checkTable, 'add-foreign-key': checkKey } },
};

function checkTable(
  { action, step, revision }: ActionSubject<'create-table'>,
  context: RevisionContext,
): void {
  for (const key of action.definition.foreignKeys) report(action.table, key, { step, revision }, context);
}

function checkKey(
  { action, step, revision }: ActionSubject<'add-foreign-key'>,
  context: RevisionContext,
): void {
  report(action.table, action.key, { step, revision }, context);
}

function report(
  table: TableName,
  key: ForeignKey,
  { step, revision }: { readonly step: MigrationStep; readonly revision: RevisionSubject },
  context: RevisionContext,
): void {
  const made = findTable(revision.after, table) ?? findTable(step.after, table);
  if (!made || isIndexed(made, key.columns)) return;
  const columns = key.columns.join(', ');
  context.report({
    range: step.range,
    message: `No index begins with ${columns}: deleting a row of ${key.targetTable} reads ${shownTable(table)} whole`,
  });
}

function isIndexed({ indexes, primaryKey, uniques }: Table, columns: readonly string[]): boolean {
  const lists = [
    ...indexes.filter(index => index.where === null).map(index => index.elements),
    ...[primaryKey, ...uniques].flatMap(key => (key ? [key.columns] : [])),
  ];
  return lists.some(list => columns.every(column => list.slice(0, columns.length).includes(column)));
}
