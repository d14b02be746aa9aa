/** Opens the workspace that the command line's paths lie in, and picks the files that were asked for. */
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { silentLogger } from '../base/logger.ts';
import type { KeptTrees } from '../storage/kept-trees.ts';
import type { FilePort } from '../workspace/files/file-port.ts';
import { loadParser, loadSqlParser } from '../workspace/files/load-parser.ts';
import { createNodeFilePort } from '../workspace/files/node-file-port.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { type WorkspacePorts, WorkspaceStore } from '../workspace/workspace-store.ts';
import { UsageError } from './usage-error.ts';

export interface CliWorkspace {
  readonly store: WorkspaceStore;
  readonly workspace: WorkspaceSnapshot;
  /** Files of Python and SQL under the given paths, sorted. */
  readonly paths: readonly string[];
  /** Whether a file lies under the given paths. */
  isAsked(path: string): boolean;
}

/**
 * What is asked for is read within its project, so that the models it imports, the settings and the versions of packages
 * are known: the nearest folder around it with a `pyproject.toml`, not beyond a repository. Without one a folder is read by
 * itself, and a file within the current folder where it lies inside it, else within its own folder.
 */
export async function openForCli(positionals: readonly string[], signal: AbortSignal): Promise<CliWorkspace> {
  return openTargets(targetsOf(positionals), createNodeFilePort(), signal);
}

/** What the command line's paths mean. */
export interface CliTargets {
  readonly roots: readonly string[];
  isAsked(path: string): boolean;
}

export function targetsOf(positionals: readonly string[]): CliTargets {
  const targets = (positionals.length === 0 ? ['.'] : positionals).map(openTarget);
  return {
    roots: outermost([...new Set(targets.map(target => target.root))]),
    isAsked: path => targets.some(target => path === target.path || path.startsWith(`${target.path}/`)),
  };
}

export async function openTargets(
  { roots, isAsked }: CliTargets,
  files: FilePort,
  signal: AbortSignal,
  trees: KeptTrees | null = null,
): Promise<CliWorkspace> {
  const { store } = await createStore(files, { keptFacts, trees });
  const workspace = await store.open(roots, undefined, signal);
  trees?.finish();
  const paths = [...workspace.pythonFiles, ...workspace.sqlFiles].sort().filter(isAsked);
  return { store, workspace, paths, isAsked };
}

/**
 * In characters of source. Files of a large project ask the same helpers over and over; what a check holds at most is decided
 * by what it found, not by this.
 */
const keptFacts = 6_000_000;

interface StoreOptions extends Pick<WorkspacePorts, 'keptFacts'> {
  readonly trees?: KeptTrees | null;
}

/** A store over the disk, with nothing read yet. */
export async function createStore(
  files = createNodeFilePort(),
  { trees = null, ...options }: StoreOptions = {},
): Promise<{ readonly store: WorkspaceStore; readonly files: FilePort }> {
  const parser = await loadParser(files, import.meta.dirname, trees);
  const sql = await loadSqlParser();
  const store = new WorkspaceStore({ files, parser, sql, logger: silentLogger, ...options });
  return { store, files };
}

interface Target {
  readonly path: string;
  readonly root: string;
}

function openTarget(given: string): Target {
  const path = resolve(given).replaceAll('\\', '/');
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new UsageError(`${given} does not exist`);
  const folder = stats.isDirectory() ? path : dirname(path);
  const project = projectAround(folder);
  if (project !== null) return { path, root: project };
  if (stats.isDirectory()) return { path, root: path };
  const here = process.cwd().replaceAll('\\', '/');
  return { path, root: path.startsWith(`${here}/`) ? here : folder };
}

function projectAround(folder: string): string | null {
  const holds = (name: string) => statSync(`${folder}/${name}`, { throwIfNoEntry: false }) !== undefined;
  if (holds('pyproject.toml')) return folder;
  const parent = dirname(folder);
  return holds('.git') || parent === folder ? null : projectAround(parent);
}

/** Without folders that lie inside another one of them. */
function outermost(roots: readonly string[]): readonly string[] {
  return roots.filter(root => !roots.some(other => other !== root && root.startsWith(`${other}/`)));
}
