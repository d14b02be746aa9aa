/**
 * Writes every generated file from its source: the rule registry, `contributes` in package.json, the README's
 * tables. `--check` writes nothing and fails where a file is stale.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatted } from './generate/formatted.ts';
import { packageOutput } from './generate/package-output.ts';
import { readmeOutput } from './generate/readme-output.ts';
import { registryOutput, ruleFiles } from './generate/registry-output.ts';
import { skillOutputs } from './generate/skill-output.ts';
import { snippetOutputs } from './generate/snippet-outputs.ts';
import { readSnippetSources } from './generate/snippet-sources.ts';
import { syntaxOutputs } from './generate/syntaxes/contributed-syntaxes.ts';

export interface GeneratedFile {
  /** Relative to the project's root. */
  readonly path: string;
  readonly content: string;
}

const root = join(import.meta.dirname, '..', '..');
const check = process.argv.includes('--check');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const stale: string[] = [];
write(registryOutput(ruleFiles(root)));
const snippets = readSnippetSources(root);
for (const file of [...syntaxOutputs(), ...snippetOutputs(snippets)]) write(file);
const { rules } = await import('../rules/registry.ts');
for (const page of skillOutputs({ snippets, rules })) write(page);
const manifest = write(packageOutput(read('package.json'), rules));
write(readmeOutput(read('README.md'), rules, manifest, snippets));

if (stale.length > 0) {
  console.error(
    check
      ? `Stale: ${stale.join(', ')}. Run \`npm run generate\` and commit the result.`
      : `Wrote ${stale.join(', ')}`,
  );
  if (check) process.exitCode = 1;
} else console.log('Generated files are in sync.');

/** The content that the file has, or now has. */
function write(file: GeneratedFile): string {
  const content = formatted(root, file);
  let current = '';
  try {
    current = read(file.path);
  } catch {
    // The file is new.
  }
  if (current === content) return content;
  stale.push(file.path);
  if (!check) {
    mkdirSync(dirname(join(root, file.path)), { recursive: true });
    writeFileSync(join(root, file.path), content);
  }
  return content;
}
