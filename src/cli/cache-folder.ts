/** Where the command line keeps what it works out anew when it is gone: in the user's cache folder, as each system has it. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment;
  const name = 'database-patterns';
  if (xdg) return join(xdg, name);
  if (process.platform === 'win32') return join(local ?? homedir(), name);
  const folder = process.platform === 'darwin' ? 'Library/Caches' : '.cache';
  return join(homedir(), folder, name);
}
