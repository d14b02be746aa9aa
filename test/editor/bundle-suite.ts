/**
 * Bundles the suite's test files into one CommonJS file, beside the manifest of an empty extension: VS Code runs a
 * suite only next to a path of an extension under development.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Trust } from '../../src/tools/code-server.ts';

export type BundledSuite = {
  /** The folder of the empty extension. */
  readonly extension: string;
  /** The module that exports `run()`. */
  readonly entry: string;
};

const STUB = {
  name: 'test-suite',
  publisher: 'database-patterns-tests',
  version: '0.0.0',
  engines: { vscode: '*' },
  capabilities: { untrustedWorkspaces: { supported: true } },
};

/** `output` must lie inside the clone: Mocha stays outside the bundle and is found in its node_modules. */
export async function bundleSuite(trust: Trust, output: string): Promise<BundledSuite> {
  const extension = join(output, `suite-${trust}`);
  await rm(extension, { recursive: true, force: true });
  await mkdir(extension, { recursive: true });
  await writeFile(join(extension, 'package.json'), JSON.stringify(STUB));
  const entry = join(extension, 'suite.js');
  await build({
    stdin: { contents: await entryPoint(trust), resolveDir: import.meta.dirname, loader: 'ts' },
    outfile: entry,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return { extension, entry };
}

async function entryPoint(trust: Trust): Promise<string> {
  const files = (await readdir(join(import.meta.dirname, 'suite', trust)))
    .filter(name => name.endsWith('.test.ts'))
    .sort();
  if (files.length === 0) throw new Error(`There are no tests in test/editor/suite/${trust}.`);
  const imports = files.map(name => `() => import('./suite/${trust}/${name}')`);
  return `import { runSuite } from './suite/main.ts';\nexport const run = () => runSuite([${imports.join(', ')}]);\n`;
}
