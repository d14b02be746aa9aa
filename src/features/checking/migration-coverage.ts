/** How many revision files were read: those whose id or parents are computed count as unknown. */
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import type { CoverageCount } from './coverage.ts';

export function migrationCoverage(workspace: WorkspaceSnapshot, paths: readonly string[]): CoverageCount {
  const asked = new Set(paths);
  const files = new Set<string>();
  const unread = new Set<string>();
  for (const environment of workspace.environments) {
    for (const { revision } of environment.graph.nodes) files.add(revision.path);
    for (const problem of environment.graph.problems) {
      if (unreadCodes.has(problem.code)) unread.add(problem.path);
    }
  }
  for (const path of unread) files.add(path);
  const total = [...files].filter(path => asked.has(path)).length;
  const unknown = [...unread].filter(path => asked.has(path)).length;
  return { total, checked: total - unknown, unknown };
}

const unreadCodes: ReadonlySet<string> = new Set([
  'missing-revision-id',
  'computed-revision-id',
  'computed-reference',
]);
