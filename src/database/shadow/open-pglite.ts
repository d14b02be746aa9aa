/**
 * Starts PGlite in memory from a snapshot. Its files are handed over explicitly, so that it starts alike from the npm
 * package and from a bundle. Knows nothing of schemas and checks.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { packageOf, shippedExtensions } from './extensions.ts';

export interface PgliteFiles {
  /** The folder of `pglite.wasm`, `pglite.data` and the extensions' archives; null for the npm package's own. */
  readonly assets: string | null;
  /** A dump made by `writeShadowSnapshot`; null runs initdb, which takes seconds and a gigabyte. */
  readonly snapshot: string | null;
}

const limits = [
  // Dropping or creating some thousand relations in one transaction needs a lock for each.
  ['-c', 'max_locks_per_transaction=1024'],
  // The least that PostgreSQL allows: with more, JavaScript's stack overflows first, which PGlite does not survive whole.
  ['-c', 'max_stack_depth=100kB'],
].flat();

/** An empty module: initdb is not run where a snapshot is loaded, and its 300 kB need not be shipped. */
const emptyWasm = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** Node's types know WebAssembly only with the DOM's. */
const { compile } = (globalThis as unknown as { WebAssembly: Compiler }).WebAssembly;

interface Compiler {
  compile(bytes: Uint8Array): Promise<WebAssembly.Module>;
}

export async function openPglite(files: PgliteFiles): Promise<PGlite> {
  const folder = files.assets ?? packageFolder('@electric-sql/pglite');
  const [wasm, data, snapshot] = await Promise.all([
    readFile(join(folder, 'pglite.wasm')),
    readFile(join(folder, 'pglite.data')),
    files.snapshot === null ? null : readFile(files.snapshot),
  ]);
  return PGlite.create({
    pgliteWasmModule: await compile(wasm),
    fsBundle: new Blob([data]),
    extensions: Object.fromEntries(
      shippedExtensions.map(name => {
        const archives = files.assets ?? packageFolder(packageOf(name));
        return [name, pathToFileURL(join(archives, `${name}.tar.gz`))];
      }),
    ),
    startParams: [...PGlite.defaultStartParams, ...limits],
    ...(snapshot && {
      loadDataDir: new Blob([snapshot]),
      initdbWasmModule: await compile(emptyWasm),
    }),
  });
}

function packageFolder(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(name));
}
