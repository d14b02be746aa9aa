/**
 * Where processes publish their pools: sockets in one folder of the user's own, found by themselves, and addresses that
 * settings name, for processes in containers or on other machines.
 */
import { readdir, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export type TelemetrySource =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'route'; readonly url: string };

/** More processes than anybody watches at once. */
const mostSources = 64;

/** `DATABASE_PATTERNS_TELEMETRY`, or a folder in the temporary one that bears the user's number. */
export function telemetryFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return environment.DATABASE_PATTERNS_TELEMETRY || join(tmpdir(), `database-patterns-${userInfo().uid}`);
}

/** Sockets `PID.sock` in the folder, if it is ours and nobody else may write there. Never throws. */
export async function findTelemetry(folder: string): Promise<readonly TelemetrySource[]> {
  try {
    const { uid, mode } = await stat(folder);
    if (uid !== userInfo().uid || (mode & 0o022) !== 0) return [];
    const names = (await readdir(folder)).filter(name => /^\d+\.sock$/.test(name)).sort();
    return names.slice(0, mostSources).map(name => ({ kind: 'socket', path: join(folder, name) }));
  } catch {
    return [];
  }
}
