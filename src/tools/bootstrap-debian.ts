/** Installs Debian packages where that is possible without asking anybody: as root, on a system with apt-get. */
import { run } from './command.ts';
import { findProgram } from './find-program.ts';

export type DebianOutcome =
  | { readonly kind: 'installed' }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'failed'; readonly output: string };

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
