/** The README's tables of rules, commands and settings, between `<!-- generated:NAME -->` marks. */
import { agentTools } from '../../agent/tools.ts';
import type { CommandData } from '../../protocol/manifest/command-data.ts';
import { commands } from '../../protocol/manifest/commands.ts';
import type { Rule } from '../../rules/rule.ts';
import { firstSentence } from './first-sentence.ts';
import type { SnippetSource } from './snippet-sources.ts';

interface Manifest {
  readonly contributes: {
    readonly configuration?: { readonly properties?: Readonly<Record<string, Setting>> };
  };
}

interface Setting {
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly default?: unknown;
}

export function readmeOutput(
  readme: string,
  rules: readonly Rule[],
  manifest: string,
  snippets: readonly SnippetSource[],
): { readonly path: string; readonly content: string } {
  const { contributes } = JSON.parse(manifest) as Manifest;
  const withRules = replaceSection(readme, 'rules', ruleTable(rules));
  const withCommands = replaceSection(withRules, 'commands', commandTable());
  const withTools = replaceSection(withCommands, 'agent-tools', toolTable());
  const withSnippets = replaceSection(withTools, 'snippets', snippetTable(snippets));
  return { path: 'README.md', content: replaceSection(withSnippets, 'settings', settingTable(contributes)) };
}

function replaceSection(text: string, name: string, content: string): string {
  const open = `<!-- generated:${name} -->`;
  const close = `<!-- /generated:${name} -->`;
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start) throw new Error(`README.md has no section ${open} … ${close}`);
  return `${text.slice(0, start + open.length)}\n${content}\n${text.slice(end)}`;
}

function ruleTable(rules: readonly Rule[]): string {
  const rows = rules.map(rule => {
    const { id, category, severity, preset, fix, documentation, options = [] } = rule;
    const names = options.map(({ name }) => `\`${name}\``).join(', ');
    return `| \`${id}\` | ${category} | ${severity} | ${preset} | ${fix ?? '–'} | ${names || '–'} | ${documentation.summary.replaceAll('|', '\\|')} |`;
  });
  return [
    '| rule | about | severity | preset | fix | options | what it finds |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function commandTable(): string {
  const rows = Object.entries<CommandData>(commands).map(([name, { title, does }]) => {
    return `| ${title} | ${does} | \`databasePatterns.${name}\` |`;
  });
  return ['| command | what it does | id |', '|---|---|---|', ...rows].join('\n');
}

function toolTable(): string {
  const rows = agentTools.map(({ name, description }) => `| \`${name}\` | ${firstSentence(description)} |`);
  return ['| tool | what it gives |', '|---|---|', ...rows].join('\n');
}

function snippetTable(snippets: readonly SnippetSource[]): string {
  const rows = snippets.map(({ prefix, description }) => `| \`${prefix}\` | ${firstSentence(description)} |`);
  return ['| snippet | what it writes |', '|---|---|', ...rows].join('\n');
}

function settingTable(contributes: Manifest['contributes']): string {
  const rows = Object.entries(contributes.configuration?.properties ?? {}).map(([name, setting]) => {
    const text = (setting.markdownDescription ?? setting.description ?? '')
      // The settings editor's own links mean nothing here.
      .replaceAll(/`#([^#`]+)#`/g, '`$1`')
      .replaceAll('|', '\\|')
      .replaceAll('\n', ' ');
    return `| \`${name}\` | \`${JSON.stringify(setting.default)}\` | ${text} |`;
  });
  return ['| setting | default | meaning |', '|---|---|---|', ...rows].join('\n');
}
