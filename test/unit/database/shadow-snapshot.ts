/** The snapshot that shadow tests start from, made once per version of PGlite and kept beside the installed packages. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeShadowSnapshot } from '../../../src/database/shadow/make-snapshot.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The child's script, run from source. */
export const shadowEntry = join(root, 'src/database/shadow/shadow-process.ts');

export async function shadowSnapshot(): Promise<string> {
  const manifest = join(root, 'node_modules/@electric-sql/pglite/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const file = join(root, 'node_modules/.cache/database-patterns', `shadow-${version}.tar.gz`);
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    await writeShadowSnapshot(file);
  }
  return file;
}
