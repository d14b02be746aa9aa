/** What a revision will do when it runs: step by step, with the locks that each step takes on tables that are there. */

import type { TableName } from '../alembic/directives/operation.ts';
import type { MigrationEnvironment } from '../alembic/environment/environment.ts';
import type { MigrationStep } from '../alembic/simulation/steps.ts';
import { type ActionLock, locksOfAction } from '../rules/shared/revisions/action-locks.ts';
import { blockedBy, type LockFact, lockFacts } from '../rules/shared/revisions/lock-facts.ts';
import { locksMatter, shownTable } from '../rules/shared/revisions/lock-report.ts';
import { isNewTable } from '../rules/shared/revisions/new-table.ts';
import type { RevisionSubject, TableSize } from '../rules/shared/revisions/revision-subject.ts';
import { operationSummary } from '../workspace/migrations/environment-view.ts';
import { revisionChanges } from '../workspace/migrations/revision-changes.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

export interface MigrationPreview {
  readonly path: string;
  /** What changes in the schema, a line a change. */
  readonly changes: readonly string[];
  /** The same as DDL; data is not in it. */
  readonly sql: string;
  readonly steps: readonly PreviewStep[];
  /** What could not be read, as sentences. */
  readonly doubts: readonly string[];
}

export interface PreviewStep {
  /** Where it stands in the revision's file. */
  readonly offset: number;
  /** `index on orders.user_id`; the SQL where the revision executes it. */
  readonly does: string;
  /** Outside of the migration's transaction: its locks end with it. */
  readonly autocommit: boolean;
  readonly locks: readonly PreviewLock[];
}

export interface PreviewLock {
  /** Null where it cannot be told, as for some indexes. */
  readonly table: string | null;
  /** PostgreSQL's name of the mode. */
  readonly mode: string;
  /** Who waits meanwhile. */
  readonly blocks: string;
  /** `none`: done at once. `scan`, `index`: every row is read. `rewrite`: the table is written anew. */
  readonly work: string;
  /** The PostgreSQL version from which it is so gentle; null where it is so in all. */
  readonly since: number | null;
  /** What the database says of the table; null where none was asked. */
  readonly size: TableSize | null;
}

/** Null where the environment has no such revision, by its whole id. */
export function migrationPreview(
  workspace: WorkspaceSnapshot,
  environment: MigrationEnvironment,
  id: string,
): MigrationPreview | null {
  const changes = revisionChanges(workspace, environment, id);
  const path = environment.graph.nodes.find(node => node.id === id)?.revision.path;
  const subject = path === undefined ? undefined : subjectIn(workspace, environment, path);
  if (changes === null || path === undefined || subject === undefined) return null;
  return {
    path,
    changes: changes.changes,
    sql: changes.sql,
    steps: subject.upgrade.map(step => previewStep(step, subject)),
    doubts: changes.doubts,
  };
}

/** A file may be a revision of several environments. */
function subjectIn(
  workspace: WorkspaceSnapshot,
  environment: MigrationEnvironment,
  path: string,
): RevisionSubject | undefined {
  return workspace.revisionSubjects(path).find(subject => subject.environment === environment);
}

function previewStep(step: MigrationStep, revision: RevisionSubject): PreviewStep {
  const { operation, statement, range, actions } = step;
  const locks = locksMatter(revision) ? actions.flatMap(action => locksOfAction(action, step, revision)) : [];
  return {
    offset: range.start,
    does: statement?.sql ?? operationSummary(operation),
    autocommit: operation.autocommit,
    locks: locks
      .filter(({ table }) => table === null || !isNewTable(table, step, revision))
      .flatMap(lock => previewLocks(lock, revision)),
  };
}

/** Of the table itself, and of the other one that is locked with it. */
function previewLocks(
  { fact: name, table, other }: ActionLock,
  revision: RevisionSubject,
): readonly PreviewLock[] {
  const fact: LockFact = lockFacts[name];
  const own = previewLock(fact, table, revision);
  if (fact.other === undefined || other === null) return [own];
  const { mode } = fact.other;
  return [own, previewLock({ mode, work: 'none', sql: fact.sql }, other, revision)];
}

function previewLock(fact: LockFact, table: TableName | null, revision: RevisionSubject): PreviewLock {
  return {
    table: table === null ? null : shownTable(table),
    mode: fact.mode,
    blocks: blockedBy(fact),
    work: fact.work,
    since: fact.since ?? null,
    size: table === null ? null : revision.sizeOf(table),
  };
}
