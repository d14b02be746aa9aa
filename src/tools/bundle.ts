/**
 * Builds `dist/`: the extension, the language server, the command line and the shadow database's process, each in
 * one file, with the WebAssembly that they load beside them; and for each panel the script and style sheet of its page.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { packageOf, shippedExtensions } from '../database/shadow/extensions.ts';
import { writeShadowSnapshot } from '../database/shadow/make-snapshot.ts';

const root = join(import.meta.dirname, '..', '..');
const dist = join(root, 'dist');

const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  legalComments: 'linked',
  logLevel: 'warning',
  minify: process.argv.includes('--minify'),
};

const bundleUrl = "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;";

/** CommonJS, which every VS Code since 1.100 loads; `import.meta` then means the bundle's own folder. */
const commonjs: BuildOptions = {
  ...shared,
  format: 'cjs',
  define: {
    'import.meta.dirname': '__dirname',
    'import.meta.filename': '__filename',
    'import.meta.url': '__bundleUrl',
  },
  banner: { js: bundleUrl },
};

const pglite = '@electric-sql/pglite/dist';
const libraryFiles: Readonly<Record<string, string>> = {
  'web-tree-sitter.wasm': 'web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-python.wasm': 'tree-sitter-python/tree-sitter-python.wasm',
  'libpg-query.wasm': 'libpg-query/wasm/libpg-query.wasm',
  'pglite.wasm': `${pglite}/pglite.wasm`,
  'pglite.data': `${pglite}/pglite.data`,
  ...Object.fromEntries(
    shippedExtensions.map(name => [`${name}.tar.gz`, `${packageOf(name)}/dist/${name}.tar.gz`]),
  ),
};

/** Made once for each version of PGlite: it takes seconds and a gigabyte of memory. */
const snapshot = 'shadow.tar.gz';
const snapshotStamp = 'shadow-version.txt';

/** Pages run in the Chromium of the editor, which is never older than that of VS Code 1.100. */
const page: BuildOptions = {
  ...shared,
  platform: 'browser',
  format: 'iife',
  target: 'chrome132',
  sourcemap: false,
  jsx: 'automatic',
  jsxImportSource: 'preact',
};

const bundles: Readonly<Record<string, BuildOptions>> = {
  'extension.js': { entryPoints: ['src/extension/extension.ts'], external: ['vscode'] },
  'server.js': { entryPoints: ['src/server/main.ts'] },
  'shadow.js': { entryPoints: ['src/database/shadow/shadow-process.ts'] },
  'cli.js': { entryPoints: ['src/cli/start.ts'], banner: { js: `#!/usr/bin/env node\n${bundleUrl}` } },
  'program.js': { entryPoints: ['src/cli/main.ts'] },
};

/** Each panel, by the name of its type in `protocol/panels.ts`. */
const panels = ['pools', 'graph'];
const pages: Readonly<Record<string, string>> = Object.fromEntries(
  panels.flatMap(name => [
    [`panel-${name}.js`, `src/panels/${name}/${name}.tsx`],
    [`panel-${name}.css`, `src/panels/${name}/${name}.css`],
  ]),
);

mkdirSync(dist, { recursive: true });
writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
for (const [name, from] of Object.entries(libraryFiles)) {
  copyFileSync(join(root, 'node_modules', from), join(dist, name));
}
await makeSnapshot();
await Promise.all([
  ...Object.entries(bundles).map(([name, options]) =>
    build({ ...commonjs, ...options, outfile: join(dist, name) }),
  ),
  ...Object.entries(pages).map(([name, entry]) =>
    build({ ...page, entryPoints: [entry], outfile: join(dist, name) }),
  ),
]);
removeStale();

async function makeSnapshot(): Promise<void> {
  const stamp = join(dist, snapshotStamp);
  const version = pgliteVersion();
  const good =
    existsSync(join(dist, snapshot)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === version;
  if (good) return;
  await writeShadowSnapshot(join(dist, snapshot));
  writeFileSync(stamp, version);
}

/** What an earlier build left. Last, so that a program that runs from `dist/` meanwhile finds its files. */
function removeStale(): void {
  const outputs = [...Object.keys(bundles), ...Object.keys(pages)];
  const made = outputs.flatMap(name => [name, `${name}.map`, `${name}.LEGAL.txt`]);
  const kept = new Set([...made, ...Object.keys(libraryFiles), snapshot, snapshotStamp, 'package.json']);
  for (const name of readdirSync(dist)) if (!kept.has(name)) rmSync(join(dist, name), { recursive: true });
}

function pgliteVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(join(root, 'node_modules', pglite, '..', 'package.json'), 'utf8'),
  );
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '';
}
