/**
 * The drivers that are assumed for a file: those of the engines that it makes, or that its tests are given by a
 * `conftest.py`; else what is worked out once for the files of one environment.
 */
import type { PackageFacts } from '../../python/packages/packages.ts';
import type { RuleScope } from '../../rules/active-rule.ts';
import type { AssumedDrivers } from '../../rules/rule.ts';
import { driversOfEngines, driverUrls, readDrivers } from '../../rules/shared/drivers/read-drivers.ts';
import type { EngineFact } from '../../sqlalchemy/engine.ts';
import { processesOf } from '../../workspace/connections/pool-declarations.ts';
import { foreignDatabase } from '../../workspace/foreign-database.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';

interface Known {
  readonly urls: readonly string[];
  /** Files that make engines, all of them with a driver that is known. */
  readonly byFile: ReadonlyMap<string, readonly string[]>;
  readonly byPackages: Map<PackageFacts, AssumedDrivers>;
}

const known = new WeakMap<WorkspaceSnapshot, Known>();

/** Of a project for another database. */
const none: AssumedDrivers = { names: new Set(), from: 'engine' };

export function assumedDrivers(workspace: WorkspaceSnapshot, path: string): AssumedDrivers {
  if (foreignDatabase(workspace) !== null) return none;
  const { urls, byFile, byPackages } = known.get(workspace) ?? knownOf(workspace);
  const near = [path, ...configurationsOf(path)].find(each => byFile.has(each)) ?? '';
  const ofNear = driversOfEngines(workspace.project, path, byFile.get(near) ?? []);
  if (ofNear.names.size > 0) return ofNear;
  const packages = workspace.project.packagesOf(path);
  const found = byPackages.get(packages) ?? readDrivers(workspace.project, path, urls);
  byPackages.set(packages, found);
  return found;
}

function knownOf(workspace: WorkspaceSnapshot): Known {
  const urls = workspace.configurationFiles.flatMap(path => driverUrls(workspace.textOf(path) ?? ''));
  const found: Known = { urls, byFile: driversByFile(workspace.project.engines), byPackages: new Map() };
  known.set(workspace, found);
  return found;
}

function driversByFile(engines: readonly EngineFact[]): ReadonlyMap<string, readonly string[]> {
  const byFile = new Map<string, (string | null)[]>();
  for (const { driver, location } of engines)
    byFile.set(location.path, [...(byFile.get(location.path) ?? []), driver]);
  return new Map([...byFile].flatMap(([path, own]) => (own.every(isKnown) ? [[path, own]] : [])));
}

function isKnown(driver: string | null): driver is string {
  return driver !== null;
}

/** The files whose fixtures pytest gives to the tests of a file, the nearest first. */
function configurationsOf(path: string): readonly string[] {
  const folders = path.split('/').slice(0, -1);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!/^test_.*\.py$|_test\.py$/.test(name)) return [];
  const parents = folders.map((_, index) => folders.slice(0, folders.length - index));
  return [...parents, []].map(parent => [...parent, 'conftest.py'].join('/'));
}

/** `project`: that of the workspace as it is to be asked. */
export function scopeOf(workspace: WorkspaceSnapshot, project = workspace.project): RuleScope {
  return {
    project,
    driversOf: path => assumedDrivers(workspace, path),
    processes: () => processesOf(workspace),
  };
}
