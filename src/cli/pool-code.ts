/**
 * The pools that the code declares, for `dbpatterns pool`. A folder that is named is read whatever it holds; the current
 * one, where none is named, only while it has the size of a project: it may be a home folder, or many projects.
 */

import { type DeclaredPool, poolDeclarations } from '../workspace/connections/pool-declarations.ts';
import { createNodeFilePort } from '../workspace/files/node-file-port.ts';
import type { CommandStreams } from './command.ts';
import { printedPlaces } from './located.ts';
import { openTargets, targetsOf } from './open-for-cli.ts';

/** Files of Python. */
const largestProject = 3000;
/** To list a folder takes no longer, but where it is the root of a disk. */
const listedWithinMs = 3000;
/** From here on it takes seconds. */
const worthAWord = 500;

export interface PoolCode {
  readonly pools: readonly DeclaredPool[];
  /** `app/database.py:12: pool_size 5, max_overflow 10`, of a pool that was found there. */
  engineText(location: DeclaredPool['location']): string | null;
}

const noCode: PoolCode = { pools: [], engineText: () => null };

/** What is not read, or takes its time, is said in one line. Throws UsageError. */
export async function readPoolCode(
  positionals: readonly string[],
  { errors, signal }: Pick<CommandStreams, 'errors' | 'signal'>,
): Promise<PoolCode> {
  const targets = targetsOf(positionals);
  const disk = createNodeFilePort();
  const ends = positionals.length === 0 ? AbortSignal.timeout(listedWithinMs) : signal;
  const counted = await countPython(targets.roots, disk, AbortSignal.any([signal, ends]));
  signal.throwIfAborted();
  if (counted === null || (positionals.length === 0 && counted > largestProject)) {
    const size = counted === null ? 'is large' : `holds ${counted} files of Python`;
    errors.write(
      `dbpatterns: the current folder ${size}, and its engines are not read: name a project's folder to see limits\n`,
    );
    return noCode;
  }
  if (counted > worthAWord) errors.write(`dbpatterns: reads ${counted} files of Python for their engines\n`);
  const { workspace } = await openTargets(targets, disk, signal);
  const pools = poolDeclarations(workspace);
  const places = printedPlaces(path => workspace.textOf(path));
  return {
    pools,
    engineText(location) {
      const pool = pools.find(each => each.location !== null && isSamePlace(each.location, location));
      if (location === null || pool === undefined) return null;
      const { line } = places.position(location.path, location.range.start);
      return `${places.file(location.path)}:${line}: ${pool.settings}`;
    },
  };
}

function isSamePlace(one: NonNullable<DeclaredPool['location']>, other: DeclaredPool['location']): boolean {
  return one.path === other?.path && one.range.start === other.range.start;
}

/** Null where the signal came first. */
async function countPython(
  roots: readonly string[],
  disk: ReturnType<typeof createNodeFilePort>,
  signal: AbortSignal,
): Promise<number | null> {
  try {
    const lists = await Promise.all(roots.map(root => disk.list(root, signal)));
    return lists.flat().filter(({ path }) => path.endsWith('.py')).length;
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}
