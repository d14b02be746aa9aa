/** The drivers that are assumed for a file, worked out once for the files of one environment. */
import type { PackageFacts } from '../python/packages/packages.ts';
import type { RuleScope } from '../rules/active-rule.ts';
import { driverUrls, readDrivers } from '../rules/read-drivers.ts';
import type { AssumedDrivers } from '../rules/rule.ts';
import { processesOf } from '../workspace/pool-declarations.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

interface Known {
  readonly urls: readonly string[];
  readonly byPackages: Map<PackageFacts, AssumedDrivers>;
}

const known = new WeakMap<WorkspaceSnapshot, Known>();

export function assumedDrivers(workspace: WorkspaceSnapshot, path: string): AssumedDrivers {
  const { urls, byPackages } = known.get(workspace) ?? knownOf(workspace);
  const packages = workspace.project.packagesOf(path);
  const found = byPackages.get(packages) ?? readDrivers(workspace.project, path, urls);
  byPackages.set(packages, found);
  return found;
}

function knownOf(workspace: WorkspaceSnapshot): Known {
  const urls = workspace.configurationFiles.flatMap(path => driverUrls(workspace.textOf(path) ?? ''));
  const found: Known = { urls, byPackages: new Map() };
  known.set(workspace, found);
  return found;
}

/** `project`: that of the workspace as it is to be asked. */
export function scopeOf(workspace: WorkspaceSnapshot, project = workspace.project): RuleScope {
  return {
    project,
    driversOf: path => assumedDrivers(workspace, path),
    processes: () => processesOf(workspace),
  };
}
