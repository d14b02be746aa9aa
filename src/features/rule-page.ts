/** A rule's documentation as Markdown: shown in the editor, printed by `dbpatterns explain`. */
import { rules } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';

export function findRule(id: string): Rule | null {
  return rules.find(rule => rule.id === id) ?? null;
}

export function rulePage(rule: Rule): string {
  const { documentation: text } = rule;
  const facts = [
    `severity ${rule.severity}`,
    `preset ${rule.preset}`,
    rule.fix ? `${rule.fix} fix` : 'no fix',
    `since ${rule.since}`,
  ];
  const examples = rule.examples.flatMap(({ bad, good }) => [
    'Instead of',
    pythonFence(bad),
    'write',
    pythonFence(good),
  ]);
  return [
    `# ${rule.id}`,
    `${text.summary}.`,
    `_${facts.join(' · ')}_`,
    '## What happens',
    text.why,
    '## What to do',
    text.instead,
    '## Example',
    ...examples,
    ...optionSection(rule),
    '## References',
    text.references.map(address => `- <${address}>`).join('\n'),
    '## Silence it',
    [
      `\`# dbpatterns: ignore[${rule.id}] reason\` on the line; \`"databasePatterns.rules": {"${rule.id}": "off"}\` in the`,
      `settings, or \`"databasePatterns.ruleOptions": {"${rule.id}": {"exclude": ["tests/**"]}}\` in some files. In`,
      `\`pyproject.toml\` it is \`${rule.id} = "off"\` or \`${rule.id}.exclude = ["tests/**"]\` below \`[tool.dbpatterns.rules]\`.`,
    ].join(' '),
  ].join('\n\n');
}

/** What the project may say to it, in the words of `pyproject.toml`. */
function optionSection({ id, options = [] }: Rule): readonly string[] {
  if (options.length === 0) return [];
  const rows = options.map(
    ({ name, default: byItself, summary, allowed }) =>
      `- \`${name}\` (by itself \`${JSON.stringify(byItself)}\`; ${allowed}): ${summary}.`,
  );
  const example = options.map(option => `${option.name} = ${JSON.stringify(option.default)}`);
  return [
    '## Options',
    rows.join('\n'),
    `\`\`\`toml\n[tool.dbpatterns.rules.${id}]\n${example.join('\n')}\n\`\`\``,
  ];
}

function pythonFence(code: string): string {
  return `\`\`\`python\n${code}\n\`\`\``;
}

export interface RuleSummary {
  readonly id: string;
  readonly summary: string;
  readonly category: string;
}

export function ruleList(): readonly RuleSummary[] {
  return rules.map(rule => ({ id: rule.id, summary: rule.documentation.summary, category: rule.category }));
}
