/** Keeps what a workspace's lock files and requirements say until one of them changes. */
import type { WorkspacePackages } from '../../python/packages/packages.ts';
import { readPackages } from '../../python/packages/read-packages.ts';
import { isPackageSource } from '../../python/packages/read-source.ts';
import type { TextChanges } from './source-texts.ts';

/** The same packages where nothing changed for them. */
export type PackagesReader = (
  paths: readonly string[],
  textOf: (path: string) => string | undefined,
  changes: TextChanges,
) => WorkspacePackages;

export function createPackagesReader(): PackagesReader {
  let known: WorkspacePackages | null = null;
  return (paths, textOf, changes) => {
    if (known === null || [...changes.paths].some(isPackageSource)) known = readPackages(paths, textOf);
    return known;
  };
}
