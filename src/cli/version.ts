/** The version that `package.json` states, read from beside the bundle's folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordOf, textOf } from '../base/record.ts';

export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
  return textOf(recordOf(manifest).version) ?? 'unknown';
}
