/** The version that `package.json` states, read from beside the bundle's folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
  const named =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : null;
  return typeof named === 'string' ? named : 'unknown';
}
