/** What shells show of a migration environment: order, applied revisions, what each revision does. */

import type { Operation } from '../../alembic/directives/operation.ts';
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import type { RevisionNode } from '../../alembic/graph/graph.ts';
import { walkRevisions } from '../../alembic/graph/graph-walk.ts';
import { type RevisionState, stateOf } from '../../alembic/graph/revision-state.ts';
import { dataLosses } from '../../alembic/simulation/data-losses.ts';
import { summarizeOperations } from '../../alembic/simulation/summary.ts';
import type { WorkspaceSnapshot } from '../snapshot.ts';

/** As `alembic history` lists them. A graph that cannot be walked is given in the order of its files. */
export function newestFirst(environment: MigrationEnvironment): readonly RevisionNode[] {
  const walked = walkRevisions(environment.graph);
  const told = new Set(walked);
  const missing = environment.graph.nodes.filter(node => !told.has(node));
  return [...walked, ...missing];
}

/** `versionRows` are the rows of the version table. */
export function environmentState(
  environment: MigrationEnvironment,
  versionRows: readonly string[],
): RevisionState {
  return stateOf(environment.graph, versionRows);
}

/** One line on what the revision's upgrade does; empty where nothing is known. */
export function revisionSummary(workspace: WorkspaceSnapshot, node: RevisionNode): string {
  return summarizeOperations(workspace.operationsOf(node.revision.path)?.upgrade ?? []);
}

/** What the revision's upgrade deletes, as far as it was read. */
export function revisionLosses(workspace: WorkspaceSnapshot, node: RevisionNode): readonly string[] {
  return dataLosses(workspace.operationsOf(node.revision.path)?.upgrade ?? []);
}

/** One line on what a single operation does; empty where nothing is known. */
export function operationSummary(operation: Operation): string {
  return summarizeOperations([operation]);
}
