/** A folder under the system's temporary folder that is removed when it goes out of use, or when this process dies. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guard } from './guard.ts';

export type TemporaryFolder = AsyncDisposable & { readonly path: string };

export async function temporaryFolder(name: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), `database-patterns-${name}-`));
  const unguard = guard({ kind: 'folder', path });
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
      unguard();
    },
  };
}
