/** What the migration rules say: of a file that is a revision, and of the environments and their graphs. */
import type { Finding } from '../../rules/finding.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { scopeOf } from '../judging/assumed-drivers.ts';
import { runnerFor } from './rule-runner.ts';

/** What the migration rules say of a file that is a revision. */
export function revisionFindings(
  workspace: WorkspaceSnapshot,
  path: string,
  project = workspace.project,
): readonly Finding[] {
  const runner = runnerFor(workspace.settings.rules);
  return workspace
    .revisionSubjects(path)
    .flatMap(subject => runner.checkRevision(scopeOf(workspace, project), subject));
}

/** Findings about the migration environments and their graphs. */
export function checkEnvironments(workspace: WorkspaceSnapshot): readonly Finding[] {
  const runner = runnerFor(workspace.settings.rules);
  const graphs = workspace.environments.flatMap(({ graph }) => runner.checkGraph(graph));
  const environments = workspace
    .environmentSubjects()
    .flatMap(subject => runner.checkEnvironment(workspace.project, subject, workspace.textOf));
  return [...graphs, ...environments];
}
