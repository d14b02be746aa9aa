/** Runs generated text through the project's formatter, so that generation and formatting never disagree. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export function formatted(root: string, file: { readonly path: string; readonly content: string }): string {
  if (!/\.(ts|json)$/.test(file.path)) return file.content;
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  return execFileSync(process.execPath, [biome, 'check', '--write', `--stdin-file-path=${file.path}`], {
    cwd: root,
    input: file.content,
    encoding: 'utf8',
  });
}
