/** Finds PostgreSQL 15 for the tests of an older server, or installs Debian's where that is possible. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from './bootstrap-cache.ts';
import { installDebianPackages } from './bootstrap-debian.ts';
import { holdLock } from './lock-file.ts';
import { type PostgresBinaries, systemPostgres } from './postgres-binaries.ts';

/** Undefined where there is none and none can be installed. */
export async function postgres15(signal?: AbortSignal): Promise<PostgresBinaries | undefined> {
  const found = systemPostgres(15);
  if (found !== undefined) return found;
  await mkdir(cacheRoot(), { recursive: true });
  // Several test files may ask at once.
  await using _lock = await holdLock(join(cacheRoot(), 'postgresql-15.lock'), signal);
  if (systemPostgres(15) === undefined) await installDebianPackages(['postgresql-15'], signal);
  return systemPostgres(15);
}
