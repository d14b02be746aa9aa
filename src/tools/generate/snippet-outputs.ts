/** The snippets as VS Code reads them: one JSON file a language. */
import { type SnippetSource, snippetLanguages } from './snippet-sources.ts';

export const contributedSnippets = snippetLanguages.map(language => ({
  language,
  path: `./${pathOf(language)}`,
}));

export function snippetOutputs(
  sources: readonly SnippetSource[],
): readonly { readonly path: string; readonly content: string }[] {
  return snippetLanguages.map(language => {
    const own = sources.filter(source => source.language === language);
    const entries = own.map(source => [source.title, contributed(source)] as const);
    return { path: pathOf(language), content: `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n` };
  });
}

function contributed({ prefix, description, imports, body }: SnippetSource) {
  const needs = imports.length === 0 ? '' : ` Imports: ${imports.map(spoken).join('; ')}.`;
  return { prefix, description: `${description}${needs}`, body: body.split('\n') };
}

/** `from a import b, c` as people say it: `b, c from a`. */
function spoken(statement: string): string {
  return statement.replace(/^from (\S+) import (.+)$/, '$2 from $1').replace(/^import /, '');
}

function pathOf(language: string): string {
  return `snippets/${language}.json`;
}
