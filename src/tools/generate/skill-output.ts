/**
 * The skill for coding agents, after the open format (a folder with SKILL.md, references and assets): prose from
 * `skill/`, samples from the snippets and from what scaffolds write, what the checks find from the rules. A name that is none fails the generation.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../../rules/rule.ts';
import { expandSnippet } from './expand-snippet.ts';
import { importBlock } from './import-block.ts';
import type { SnippetSource } from './snippet-sources.ts';

export const skillFolder = 'skills/sqlalchemy-postgresql';

export interface SkillSources {
  readonly snippets: readonly SnippetSource[];
  readonly rules: readonly Rule[];
}

export function skillOutputs(
  sources: SkillSources,
): readonly { readonly path: string; readonly content: string }[] {
  const folder = join(import.meta.dirname, 'skill');
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith('.md'))
    .sort();
  return [
    ...pages.map(path => ({
      path: `${skillFolder}/${path}`,
      content: filled(readFileSync(join(folder, path), 'utf8'), sources),
    })),
    {
      path: `${skillFolder}/assets/alembic.ini`,
      content: `${sampleOf(snippetNamed('alembic-ini', 'alembic-ini', sources))}\n`,
    },
  ];
}

/** Which snippets a page shows. */
export function snippetsOfPage(page: string): readonly string[] {
  return [...page.matchAll(/<!-- snippet: (\S+) -->/g)].map(([, name = '']) => name);
}

/** What scaffolds write, by the page of the pattern that shows it whole and the file. */
export function scaffoldsOfPage(page: string): readonly ScaffoldedFile[] {
  return [...page.matchAll(scaffoldMark)].map(([, name = '', path = '']) => ({ name, path }));
}

export interface ScaffoldedFile {
  /** Of a page below `test/scaffold/golden/`, whose files ruff, mypy, pyright and runs on PostgreSQL hold. */
  readonly name: string;
  readonly path: string;
}

const scaffoldMark = /<!-- scaffold: (\S+) (\S+) -->/g;
const goldenFolder = join(import.meta.dirname, '..', '..', '..', 'test', 'scaffold', 'golden');

function scaffolded({ name, path }: ScaffoldedFile): string {
  const page = readFileSync(join(goldenFolder, `${name}.md`), 'utf8');
  const [, code] = page.split(`### ${path}\n\n\`\`\`python\n`);
  if (code === undefined) throw new Error(`The skill names ${path} of ${name}, which is not there`);
  const text = code.slice(0, code.indexOf('```')).trimEnd();
  const home = packageOf(path, text);
  return `\`${path.replace(home, 'app')}\`:\n\n\`\`\`python\n${text.replaceAll(home, 'app')}\n\`\`\``;
}

/** Of the project that the file stands in; tests stand beside it. */
function packageOf(path: string, text: string): string {
  const [folder = ''] = path.split('/');
  if (folder !== 'tests') return folder;
  return /^from (\w+)\.db\./m.exec(text)?.[1] ?? folder;
}

function filled(page: string, sources: SkillSources): string {
  return page
    .replaceAll(scaffoldMark, (_, name: string, path: string) => scaffolded({ name, path }))
    .replaceAll(/<!-- snippet: (\S+) -->/g, (_, name: string) => {
      const sample = sampleOf(snippetNamed('python', name, sources));
      return `\`\`\`python\n${sample}\n\`\`\``;
    })
    .replaceAll(/<!-- rules: (.+?) -->/g, (_, names: string) =>
      names
        .split(', ')
        .map(name => ruleLine(name, sources))
        .join('\n'),
    );
}

function snippetNamed(language: string, prefix: string, { snippets }: SkillSources): SnippetSource {
  const found = snippets.find(each => each.language === language && each.prefix === prefix);
  if (!found) throw new Error(`The skill names a snippet ${prefix} that is not there`);
  return found;
}

/** With the imports of libraries above it, and every placeholder taken as it is offered. */
function sampleOf({ imports, body }: SnippetSource): string {
  const code = expandSnippet(body, 'first').text.trimEnd();
  if (imports.length === 0) return code;
  const gap = /^(?:class|def|async def|@)/.test(code) ? '\n\n' : '\n';
  return `${importBlock(imports, code)}${gap}${code}`;
}

function ruleLine(id: string, { rules }: SkillSources): string {
  const rule = rules.find(each => each.id === id);
  if (!rule) throw new Error(`The skill names a rule ${id} that is not there`);
  return `- \`${id}\`: ${rule.documentation.summary}.`;
}
