/** Checks many files at once: what `dbpatterns check` and “Check Workspace” run. */
import type { Judge } from '../database/judge.ts';
import { compareFindings, type Finding } from '../rules/finding.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { checkFile, type FileCheck } from './check-file.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { migrationCoverage } from './migration-coverage.ts';

export interface WorkspaceCheck {
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
  /** What stood in the way, as sentences: unreadable files, settings that are not understood. */
  readonly problems: readonly string[];
}

/** Paths of files of the snapshot; those that were not parsed have nothing to say but their revision graph's findings. */
export async function checkWorkspace(
  workspace: WorkspaceSnapshot,
  paths: readonly string[],
  judge: Judge | null,
  signal: AbortSignal,
): Promise<WorkspaceCheck> {
  const checks: FileCheck[] = [];
  for (const path of paths) {
    signal.throwIfAborted();
    checks.push(await checkFile(workspace, path, judge, signal));
  }
  return {
    findings: checks.flatMap(check => check.findings).sort(compareFindings),
    coverage: coverageOf(checks, migrationCoverage(workspace, paths)),
    problems: workspace.problems.map(problem => `${problem.path}: ${problem.message}`),
  };
}
