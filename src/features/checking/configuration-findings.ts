/** What is said outside of single files of code: of the migration environments and their graphs, and of settings. */
import { groupBy } from '../../base/group-by.ts';
import type { Finding } from '../../rules/finding.ts';
import { changeTo } from '../../rules/shared/code/change-fix.ts';
import { settingsProblem } from '../../workspace/read-settings.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { checkEnvironments } from './migration-findings.ts';

const none: readonly Finding[] = [];

/** By the path that they are shown in: every file is asked for after an edit. */
const byWorkspace = new WeakMap<WorkspaceSnapshot, ReadonlyMap<string, readonly Finding[]>>();

/** Findings of that kind that are shown in the given file. */
export function configurationFindings(workspace: WorkspaceSnapshot, path: string): readonly Finding[] {
  return allOf(workspace).get(path) ?? none;
}

/** Files besides those of Python and SQL that findings may stand in. */
export function checkedConfigurations(workspace: WorkspaceSnapshot): readonly string[] {
  const ofEnvironments = workspace.environments.map(({ config }) => config);
  const ofSettings = settingsFindings(workspace).map(({ path }) => path);
  return [...new Set([...ofEnvironments, ...ofSettings])].filter(path => !path.endsWith('.py'));
}

function allOf(workspace: WorkspaceSnapshot): ReadonlyMap<string, readonly Finding[]> {
  const known = byWorkspace.get(workspace);
  if (known !== undefined) return known;
  const findings = [...checkEnvironments(workspace), ...settingsFindings(workspace)];
  const byPath = groupBy(findings, ({ path }) => path);
  byWorkspace.set(workspace, byPath);
  return byPath;
}

function settingsFindings({ problems }: WorkspaceSnapshot): readonly Finding[] {
  return problems.flatMap(({ path, code, message, range, nearest }): readonly Finding[] => {
    if (code !== settingsProblem || range === undefined) return [];
    const fix = nearest === undefined ? [] : [changeTo(range, nearest)];
    const fixes = fix.map(({ title, edits }) => ({
      kind: 'review' as const,
      title,
      edits: [{ path, edits }],
    }));
    return [{ rule: settingsProblem, severity: 'warning', message, path, range, fixes }];
  });
}
