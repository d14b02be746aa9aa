/**
 * Which packages a workspace's projects have, and in which versions, as lock files, requirements and virtual environments
 * say. Answers are per file: a workspace may hold several projects.
 */
import type { PackageVersion } from './version.ts';

export interface WorkspacePackages {
  /** What counts for a file: the same object for as long as nothing changed. Absolute path. */
  of(path: string): PackageFacts;
}

export interface PackageFacts {
  /**
   * `versionOf('sqlalchemy')`, `versionOf('python')`; spelling does not count. What is installed beats what is locked,
   * that what is pinned, that what is merely allowed. Ask `isAtLeast` of `version.ts` about the answer.
   */
  versionOf(name: string): PackageVersion;
  /** `absent` only where a lock file or a virtual environment that lists `beside` does not list the package. */
  presenceOf(name: string, beside: string): 'present' | 'absent' | 'unknown';
  /** Extras with which the project asks for the package: `asyncio` for `sqlalchemy[asyncio]`. */
  extrasOf(name: string): ReadonlySet<string>;
}

const noPackageFacts: PackageFacts = {
  versionOf: () => ({ kind: 'unknown' }),
  presenceOf: () => 'unknown',
  extrasOf: () => new Set(),
};

export const noPackages: WorkspacePackages = { of: () => noPackageFacts };
