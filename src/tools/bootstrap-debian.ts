/** Gets Debian packages where that is possible without asking anybody: on a system with apt-get. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from './bootstrap-cache.ts';
import { run, runOrThrow } from './command.ts';
import { findProgram } from './find-program.ts';

export type DebianOutcome =
  | { readonly kind: 'installed' }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'failed'; readonly output: string };

/** Into the system, which takes root. */
export async function installDebianPackages(
  packages: readonly string[],
  signal?: AbortSignal,
): Promise<DebianOutcome> {
  const aptGet = findProgram('apt-get');
  if (process.getuid?.() !== 0 || aptGet === undefined) return { kind: 'impossible' };
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, signal };
  // Another apt-get may be at work on a machine that has just started: wait for its lock instead of failing.
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  await run(aptGet, [...wait, 'update', '--quiet'], options);
  const install = [...wait, 'install', '--yes', '--quiet', '--no-install-recommends', ...packages];
  const { code, output } = await run(aptGet, install, options);
  return code === 0 ? { kind: 'installed' } : { kind: 'failed', output };
}

/**
 * The folder that the packages' files lie in as they would below `/`: nothing is installed, and no service begins.
 * Undefined where there are no packages to be had. `name` names the folder in the cache.
 */
export async function unpackedDebianPackages(
  name: string,
  packages: readonly string[],
  signal?: AbortSignal,
): Promise<string | undefined> {
  const aptGet = findProgram('apt-get');
  const dpkgDeb = findProgram('dpkg-deb');
  if (aptGet === undefined || dpkgDeb === undefined) return undefined;
  const build = async (cwd: string) => {
    await runOrThrow(aptGet, ['download', '--quiet', ...packages], { cwd, signal });
    for (const file of await readdir(cwd)) {
      if (file.endsWith('.deb')) await runOrThrow(dpkgDeb, ['--extract', join(cwd, file), cwd], { signal });
    }
  };
  const key = `${packages.join()} ${process.arch}`;
  return cached({ name, key, build }, signal).catch(() => undefined);
}
