/**
 * The generated part of `package.json`: everything VS Code reads of the commands, settings and views that
 * `src/protocol/manifest/` declares. A pure function, so that the check for stale files is a comparison.
 */
import type { AgentTool } from '../../agent/tool.ts';
import { agentTools } from '../../agent/tools.ts';
import { recordOf } from '../../base/record.ts';
import { agentToolPrefix, mcpProviderId } from '../../protocol/agent.ts';
import { type CommandData, patternMenu, patternMenuPlaces } from '../../protocol/manifest/command-data.ts';
import { commands } from '../../protocol/manifest/commands.ts';
import type { SettingData } from '../../protocol/manifest/settings.ts';
import { connectionColors, settings } from '../../protocol/manifest/settings.ts';
import type { ViewData } from '../../protocol/manifest/views.ts';
import { views } from '../../protocol/manifest/views.ts';
import { walkthroughSteps } from '../../protocol/manifest/walkthrough.ts';
import { excludeSummary, severityChoices } from '../../rules/read-rule-settings.ts';
import { ruleCategories } from '../../rules/rule.ts';
import type { OptionSchema } from '../../rules/rule-option.ts';
import { firstSentence } from './first-sentence.ts';
import { skillFolder } from './skill-output.ts';
import { contributedSnippets } from './snippet-outputs.ts';
import { contributedGrammars, contributedLanguages } from './syntaxes/contributed-syntaxes.ts';

/** What the settings schema needs to know of a rule. */
export interface RuleEntry {
  readonly id: string;
  readonly summary: string;
  readonly severity: string;
  readonly options: readonly OptionEntry[];
}

export interface OptionEntry {
  readonly name: string;
  readonly summary: string;
  readonly default: number | boolean | readonly string[];
  readonly schema: OptionSchema;
}

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = Readonly<Record<string, Json>>;

const category = 'Database Patterns';
const container = 'databasePatterns';
const commandRows = Object.entries<CommandData>(commands);

/** `package.json` with its generated keys replaced; all others, and hand-written contributions, stay. */
export function withContributes(
  packageJson: Readonly<Record<string, unknown>>,
  rules: readonly RuleEntry[],
): Record<string, unknown> {
  return {
    ...packageJson,
    activationEvents: [
      'onLanguage:python',
      'workspaceContains:alembic.ini',
      'workspaceContains:pyproject.toml',
      'onWebviewPanel:databasePatterns.pools',
    ],
    capabilities: capabilities(),
    contributes: { ...recordOf(packageJson.contributes), ...contributes(rules) },
  };
}

export function contributes(rules: readonly RuleEntry[]): JsonObject {
  return {
    commands: commandRows.map(([name, data]) => contributedCommand(name, data)),
    menus: menus(),
    submenus: [{ id: patternMenu, label: category }],
    configuration: { title: category, properties: configuration(rules) },
    chatSkills: [{ path: `./${skillFolder}/SKILL.md` }],
    snippets: contributedSnippets,
    languages: contributedLanguages,
    grammars: contributedGrammars,
    languageModelTools: agentTools.map(contributedTool),
    mcpServerDefinitionProviders: [{ id: mcpProviderId, label: category }],
    viewsContainers: {
      activitybar: [{ id: container, title: category, icon: 'media/activity-bar.svg' }],
    },
    views: { [container]: Object.entries<ViewData>(views).map(contributedView) },
    viewsWelcome: Object.entries<ViewData>(views).flatMap(([name, view]) =>
      view.welcome.map(text => ({ view: `databasePatterns.${name}`, ...text })),
    ),
    walkthroughs: [
      {
        id: 'start',
        title: 'Get Started with Database Patterns',
        description:
          'SQLAlchemy, Alembic and PostgreSQL: what is checked, what is shown, what can be written for you.',
        when: 'workbenchState != empty',
        steps: walkthroughSteps.map(({ id, title, description, picture, completedBy }) => ({
          id,
          title,
          description: description.join('\n\n'),
          media: { image: `media/walkthrough/${picture.name}.png`, altText: picture.shows },
          completionEvents: completedBy,
        })),
      },
    ],
  };
}

function contributedCommand(name: string, data: CommandData): JsonObject {
  return {
    command: idOf(name),
    title: data.title,
    category,
    ...(data.icon === undefined ? {} : { icon: `$(${data.icon})` }),
    ...(data.enablement === undefined ? {} : { enablement: data.enablement }),
  };
}

function menus(): JsonObject {
  const byMenu: Record<string, Json[]> = {};
  for (const [name, data] of commandRows) {
    for (const { menu, when, group } of data.menus ?? []) {
      byMenu[menu] ??= [];
      byMenu[menu].push({ command: idOf(name), ...(when === undefined ? {} : { when }), group });
    }
  }
  for (const { menu, when, group } of patternMenuPlaces)
    byMenu[menu]?.push({ submenu: patternMenu, when, group });
  const palette = commandRows
    .filter(([, data]) => data.palette !== true)
    .map(([name, data]) => ({ command: idOf(name), when: String(data.palette) }));
  return { commandPalette: palette, ...byMenu };
}

/** Its name with our prefix; what it is called in a prompt is one word. */
function contributedTool({ name, title, description, inputSchema }: AgentTool): JsonObject {
  const { $schema: _, ...schema } = inputSchema;
  return {
    name: `${agentToolPrefix}${name}`,
    displayName: title,
    toolReferenceName: `db-${name.replaceAll('_', '-')}`,
    canBeReferencedInPrompt: true,
    userDescription: firstSentence(description),
    modelDescription: description,
    icon: '$(database)',
    tags: ['sqlalchemy', 'postgresql', 'alembic'],
    inputSchema: schema as JsonObject,
  };
}

function contributedView([name, view]: readonly [string, ViewData]): JsonObject {
  return {
    id: `databasePatterns.${name}`,
    name: view.name,
    contextualTitle: category,
    icon: `$(${view.icon})`,
    initialSize: view.initialSize,
  };
}

function configuration(rules: readonly RuleEntry[]): JsonObject {
  return Object.fromEntries(
    Object.entries<SettingData>(settings).map(([name, data], order) => [
      `databasePatterns.${name}`,
      { ...schemaOf(data, rules), markdownDescription: data.description, scope: data.scope, order },
    ]),
  );
}

function schemaOf(data: SettingData, rules: readonly RuleEntry[]): JsonObject {
  switch (data.type) {
    case 'boolean':
    case 'string':
      return { type: data.type, default: data.default };
    case 'number':
      return { type: 'number', default: data.default, minimum: data.minimum };
    case 'choice':
      return {
        type: 'string',
        enum: Object.keys(data.choices),
        markdownEnumDescriptions: Object.values(data.choices),
        default: data.default,
      };
    case 'connections':
      return { type: 'array', default: [], items: connectionSchema() };
    case 'urls':
      return { type: 'array', default: [], items: { type: 'string', pattern: '^https?://' } };
    case 'names':
      return { type: 'array', default: [], items: { type: 'string', minLength: 1 } };
    case 'rules':
      return { type: 'object', default: {}, additionalProperties: false, properties: severitySchemas(rules) };
    case 'rule-options':
      return ruleOptionsSchema(rules);
    case 'ignores':
      return {
        type: 'object',
        default: {},
        additionalProperties: {
          type: 'array',
          items: { enum: ['all', ...ruleCategories, ...rules.map(({ id }) => id)] },
        },
      };
  }
}

function connectionSchema(): JsonObject {
  return {
    type: 'object',
    required: ['url'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', description: 'What the view calls it.' },
      url: {
        type: 'string',
        description: 'Without password: postgresql://user@host:5432/database.',
        pattern: '^(postgres|postgresql|sqlite)(\\+[a-z0-9_]+)?://',
      },
      group: { type: 'string', description: 'Connections of one group stand together.' },
      color: { type: 'string', enum: [...connectionColors], description: 'The colour of its icon.' },
      protected: {
        type: 'boolean',
        description: 'Ends no session there without the connection’s name being typed.',
      },
      passwordCommand: {
        type: 'array',
        items: { type: 'string' },
        minItems: 1,
        description: 'A program and its arguments that print the password, such as a cloud’s access token.',
      },
    },
  };
}

function severitySchemas(rules: readonly RuleEntry[]): JsonObject {
  return Object.fromEntries(
    rules.map(({ id, summary, severity }) => [
      id,
      { type: 'string', enum: severityChoices, default: severity, description: `${summary}.` },
    ]),
  );
}

/** Apart from the severities, which the settings editor shows as a table with choices. */
function ruleOptionsSchema(rules: readonly RuleEntry[]): JsonObject {
  const withOptions = rules.filter(({ options }) => options.length > 0);
  return {
    type: 'object',
    default: {},
    propertyNames: { enum: rules.map(({ id }) => id) },
    additionalProperties: optionsSchema([]),
    properties: Object.fromEntries(
      withOptions.map(({ id, summary, options }) => [
        id,
        { ...optionsSchema(options), description: `${summary}.` },
      ]),
    ),
  };
}

function optionsSchema(options: readonly OptionEntry[]): JsonObject {
  const exclude = {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    default: [],
    markdownDescription: excludeSummary,
  };
  const own = options.map(({ name, summary, default: byItself, schema }) => [
    name,
    { ...schema, default: byItself, markdownDescription: `${summary}.` },
  ]);
  return {
    type: 'object',
    additionalProperties: false,
    properties: { exclude, ...Object.fromEntries(own) },
  };
}

function capabilities(): JsonObject {
  return {
    untrustedWorkspaces: {
      supported: 'limited',
      description: 'In Restricted Mode files are read; nothing is run and nothing is connected to.',
      restrictedConfigurations: Object.entries<SettingData>(settings)
        .filter(([, data]) => data.restricted)
        .map(([name]) => `databasePatterns.${name}`),
    },
    virtualWorkspaces: { supported: false, description: 'Files are read from the disk.' },
  };
}

function idOf(name: string): string {
  return `databasePatterns.${name}`;
}
