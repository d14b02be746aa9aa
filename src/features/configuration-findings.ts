/** What is said outside of single files of code: of the migration environments and their graphs, and of settings. */
import type { Finding } from '../rules/finding.ts';
import { settingsProblem } from '../workspace/read-settings.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { checkEnvironments } from './migration-findings.ts';

const byWorkspace = new WeakMap<WorkspaceSnapshot, readonly Finding[]>();

/** Findings of that kind that are shown in the given file. */
export function configurationFindings(workspace: WorkspaceSnapshot, path: string): readonly Finding[] {
  return allOf(workspace).filter(finding => finding.path === path);
}

/** Files besides those of Python and SQL that findings may stand in. */
export function checkedConfigurations(workspace: WorkspaceSnapshot): readonly string[] {
  const ofEnvironments = workspace.environments.map(({ config }) => config);
  const ofSettings = settingsFindings(workspace).map(({ path }) => path);
  return [...new Set([...ofEnvironments, ...ofSettings])].filter(path => !path.endsWith('.py'));
}

function allOf(workspace: WorkspaceSnapshot): readonly Finding[] {
  const findings = byWorkspace.get(workspace) ?? [
    ...checkEnvironments(workspace),
    ...settingsFindings(workspace),
  ];
  byWorkspace.set(workspace, findings);
  return findings;
}

function settingsFindings({ problems }: WorkspaceSnapshot): readonly Finding[] {
  return problems.flatMap(({ path, code, message, range }) =>
    code === settingsProblem && range !== undefined
      ? [{ rule: settingsProblem, severity: 'warning' as const, message, path, range, fixes: [] }]
      : [],
  );
}
