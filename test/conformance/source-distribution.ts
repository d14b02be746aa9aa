/** The source of a Python package with its tests and documentation, as PyPI has it. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from '../../src/tools/bootstrap-cache.ts';
import { virtualEnvironment } from '../../src/tools/bootstrap-python.ts';
import { runOrThrow } from '../../src/tools/command.ts';

/**
 * The unpacked folder, kept in the cache folder by version. pip reads the metadata of what it downloads by running its
 * build: that is done with an installed setuptools, since the environment that pip would make for it may compile Cython
 * for minutes. `variables` are for that build.
 */
export async function sourceDistribution(
  name: string,
  version: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  return cached({
    name: `${name}-source`,
    key: version,
    build: async directory => {
      const builder = await virtualEnvironment('source', [
        join(import.meta.dirname, 'source-requirements.txt'),
      ]);
      const options = ['--quiet', '--no-deps', '--no-binary', ':all:', '--no-build-isolation'];
      await runOrThrow(
        builder.python,
        ['-m', 'pip', 'download', ...options, '--dest', directory, `${name}==${version}`],
        { env: { ...process.env, ...variables } },
      );
      const archive = readdirSync(directory).find(file => file.endsWith('.tar.gz')) ?? '';
      await runOrThrow('tar', ['-xzf', join(directory, archive), '-C', directory, '--strip-components=1']);
      rmSync(join(directory, archive));
    },
  });
}
