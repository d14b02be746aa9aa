/** Builds and packages the extension for the demo, unless the package of an earlier run was made from the same sources. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runOrThrow } from '../command.ts';
import { packageFile } from '../test/checks.ts';

/** Everything that ends up in the package, or decides how it is made. */
const SOURCES = [
  'src',
  'media',
  'snippets',
  'syntaxes',
  'skills',
  'package.json',
  'package-lock.json',
  '.vscodeignore',
  'README.md',
];

export type BuiltPackage = {
  readonly vsix: string;
  /** Stands for the sources that it was made from. */
  readonly digest: string;
};

export async function buildPackage(root: string, signal: AbortSignal): Promise<BuiltPackage> {
  const vsix = packageFile(root);
  const mark = join(root, 'dist', '.packaged-sources');
  const digest = await sourcesDigest(root);
  const previous = existsSync(vsix) ? await readFile(mark, 'utf8').catch(() => '') : '';
  if (previous === digest) return { vsix, digest };
  const PATH = `${join(root, 'node_modules', '.bin')}:${dirname(process.execPath)}:${process.env.PATH}`;
  const options = { cwd: root, signal, env: { ...process.env, PATH } };
  await runOrThrow('npm', ['run', '--silent', 'build'], options);
  await runOrThrow('npm', ['run', '--silent', 'package'], options);
  await mkdir(dirname(mark), { recursive: true });
  await writeFile(mark, digest);
  return { vsix, digest };
}

async function sourcesDigest(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const path of (await Promise.all(SOURCES.map(source => filesBelow(join(root, source)))))
    .flat()
    .sort()) {
    hash.update(path).update(await readFile(path));
  }
  return hash.digest('hex');
}

async function filesBelow(path: string): Promise<string[]> {
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [path];
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}
