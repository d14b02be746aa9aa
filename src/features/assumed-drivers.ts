/** The drivers that are assumed for a file, worked out once a snapshot: a workspace may hold several projects. */

import type { RuleScope } from '../rules/active-rule.ts';
import { readDrivers } from '../rules/read-drivers.ts';
import type { AssumedDrivers } from '../rules/rule.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

const known = new WeakMap<WorkspaceSnapshot, Map<string, AssumedDrivers>>();

export function assumedDrivers(workspace: WorkspaceSnapshot, path: string): AssumedDrivers {
  const byPath = known.get(workspace) ?? new Map<string, AssumedDrivers>();
  known.set(workspace, byPath);
  const before = byPath.get(path);
  if (before) return before;
  const texts = workspace.configurationFiles.map(each => workspace.textOf(each) ?? '');
  const found = readDrivers(workspace.project, path, texts);
  byPath.set(path, found);
  return found;
}

export function scopeOf(workspace: WorkspaceSnapshot): RuleScope {
  return { project: workspace.project, driversOf: path => assumedDrivers(workspace, path) };
}
