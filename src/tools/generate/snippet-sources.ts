/**
 * Snippets as people write them: one file each below `snippets/LANGUAGE/`, named by its prefix. What stands above `---`
 * is YAML: what the snippet is, the imports that it needs, and in what code its tests put it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const snippetLanguages = ['python', 'alembic-ini', 'sql'] as const;
export type SnippetLanguage = (typeof snippetLanguages)[number];

export interface SnippetSource {
  readonly language: SnippetLanguage;
  readonly prefix: string;
  readonly title: string;
  /** Whole sentences. */
  readonly description: string;
  /** Statements of libraries' imports, which the description tells. */
  readonly imports: readonly string[];
  /** Imports of the project's own names that the defaults speak of. */
  readonly given: readonly string[];
  /** The code around it: `class`, `async` and so on; null for a module. */
  readonly inside: string | null;
  /** Parameters of the function around it. */
  readonly parameters: string;
  /** The rule that what the snippet is for breaks, such as `drop-column`; null for none. */
  readonly allows: string | null;
  /** In the syntax of VS Code's snippets. */
  readonly body: string;
}

export function readSnippetSources(root: string): readonly SnippetSource[] {
  return snippetLanguages.flatMap(language => {
    const folder = join(root, 'snippets', language);
    const names = readdirSync(folder).filter(name => name.endsWith('.snippet'));
    return names.sort().map(name => {
      const text = readFileSync(join(folder, name), 'utf8');
      return readSnippet(language, name.replace(/\.snippet$/, ''), text);
    });
  });
}

function readSnippet(language: SnippetLanguage, prefix: string, text: string): SnippetSource {
  const [, head = '', body = ''] = /^(.*?\n)---\n(.*)$/s.exec(text) ?? [];
  const fields: unknown = parse(head);
  if (typeof fields !== 'object' || fields === null) throw new Error(`${prefix} has no head`);
  const field = (name: string): unknown => (name in fields ? fields[name as keyof typeof fields] : undefined);
  const list = (name: string): readonly string[] => {
    const value = field(name) ?? [];
    return Array.isArray(value) ? value.map(String) : [];
  };
  return {
    language,
    prefix,
    title: String(field('title')),
    description: String(field('description')),
    imports: list('imports'),
    given: list('given'),
    inside: field('inside') === undefined ? null : String(field('inside')),
    parameters: String(field('parameters') ?? ''),
    allows: field('allows') === undefined ? null : String(field('allows')),
    body: body.replace(/\n$/, ''),
  };
}
