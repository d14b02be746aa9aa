/** Tables that a revision itself makes: they are empty, and nobody else can see them yet. */
import type { TableName } from '../../../alembic/directives/operation.ts';
import { findTable } from '../../../alembic/simulation/schema-change.ts';
import type { MigrationStep } from '../../../alembic/simulation/steps.ts';
import { tableKey } from '../../../schema/schema-change.ts';
import type { RevisionSubject } from './revision-subject.ts';

/**
 * True where the table holds no rows at that step: it was made in this upgrade, or emptied by it. Also where it may have
 * been: something before the step is not followed, and nothing else tells of the table.
 */
export function isNewTable(table: TableName, step: MigrationStep, revision: RevisionSubject): boolean {
  const key = tableKey(table);
  if (revision.madeInRun.has(key)) return true;
  const earlier = revision.upgrade.slice(0, revision.upgrade.indexOf(step));
  const made = new Set<string>();
  for (const { actions } of earlier) {
    for (const action of actions) {
      if (action.kind === 'create-table') made.add(tableKey(action.table));
      if (action.kind === 'delete' && !action.filtered && action.table) made.add(tableKey(action.table));
      if (action.kind === 'truncate') for (const each of action.tables) made.add(tableKey(each));
      if (action.kind === 'rename-table' && made.has(tableKey(action.table)))
        made.add(tableKey({ ...action.table, name: action.newName }));
    }
  }
  if (made.has(key)) return true;
  return !findTable(revision.before, table) && earlier.some(each => each.opaque !== null);
}
