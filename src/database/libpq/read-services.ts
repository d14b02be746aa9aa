/** Reads the service files that libpq would read. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Services } from './libpq-defaults.ts';
import { readServiceFile } from './service-file.ts';

/** The user's own file wins over the system's. Files that are not there, or not readable, say nothing. */
export function readServices(environment: Readonly<Record<string, string | undefined>>): Services {
  const own = environment.PGSERVICEFILE || join(homedir(), '.pg_service.conf');
  const system = environment.PGSYSCONFDIR ? [join(environment.PGSYSCONFDIR, 'pg_service.conf')] : [];
  return Object.assign({}, ...[...system, own].map(path => readServiceFile(textOf(path))));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
