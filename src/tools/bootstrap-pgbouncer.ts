/** Finds PgBouncer for the tests, or installs Debian's where that is possible. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from './bootstrap-cache.ts';
import { installDebianPackages } from './bootstrap-debian.ts';
import { findProgram } from './find-program.ts';
import { holdLock } from './lock-file.ts';

const programs = ['pgbouncer', '/usr/sbin/pgbouncer', '/usr/local/sbin/pgbouncer'];

/** The program's path; undefined where there is none and none can be installed. */
export async function pgBouncer(signal?: AbortSignal): Promise<string | undefined> {
  const found = findProgram(...programs);
  if (found !== undefined) return found;
  await mkdir(cacheRoot(), { recursive: true });
  // Several test files may ask at once.
  await using _lock = await holdLock(join(cacheRoot(), 'pgbouncer.lock'), signal);
  if (findProgram(...programs) === undefined) await installDebianPackages(['pgbouncer'], signal);
  return findProgram(...programs);
}
