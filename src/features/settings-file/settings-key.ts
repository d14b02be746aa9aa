/** What can stand in `[tool.dbpatterns]`, as a tree of keys: for hover and completion. */
import type { TomlPath } from '../../base/toml-places.ts';
import { excludeSummary, severityChoices } from '../../rules/read-rule-settings.ts';
import { rules } from '../../rules/registry.ts';
import { type Rule, ruleCategories } from '../../rules/rule.ts';
import { presets } from '../../rules/rule-settings.ts';
import { schemaSources, tablePath } from '../../workspace/read-settings.ts';

export interface SettingsKey {
  /** Markdown. */
  readonly about: string;
  /** Behind the name: what it is by itself. */
  readonly detail: string;
  /** In a table of its own. */
  readonly keys?: ReadonlyMap<string, SettingsKey>;
  /** Of a table whose keys are free. */
  readonly anyKey?: SettingsKey;
  /** What it can be set to; of a list, its elements. */
  readonly values?: readonly string[];
}

/** The key at a path of a `pyproject.toml`; elements of a list are asked for as the list. Null for what is not ours. */
export function settingsKeyAt(path: TomlPath): SettingsKey | null {
  if (!tablePath.every((key, index) => path[index] === key)) return null;
  let here: SettingsKey | undefined = root;
  for (const key of path.slice(tablePath.length)) {
    if (typeof key === 'string') here = here?.keys?.get(key) ?? here?.anyKey;
  }
  return here ?? null;
}

const ruleNames = [...rules.map(({ id }) => id), ...ruleCategories, 'all'];

const root: SettingsKey = {
  about: 'Settings of Database Patterns. What is chosen in the editor’s own settings wins.',
  detail: '',
  keys: new Map<string, SettingsKey>([
    ['preset', { about: 'Which rules run.', detail: '"recommended"', values: presets }],
    ['schema', { about: 'What PostgreSQL judges the SQL by.', detail: '"auto"', values: schemaSources }],
    [
      'rules',
      {
        about: 'The severity of single rules, or a table with their options.',
        detail: '',
        keys: new Map(rules.map(rule => [rule.id, keyOfRule(rule)])),
      },
    ],
    [
      'per-file-ignores',
      {
        about: 'Rules that are silent in files, by the pattern of their paths.',
        detail: '',
        anyKey: {
          about: 'What is silent there: rules, categories of rules, or `all`.',
          detail: '',
          values: ruleNames,
        },
      },
    ],
    [
      'migrations',
      {
        about: 'What is known of the migrations.',
        detail: '',
        keys: new Map([
          ['baseline', { about: 'The newest revision that has run everywhere.', detail: '' }],
          [
            'small-tables',
            {
              about: 'Tables that stay small, by name, in which `*` stands for any characters.',
              detail: '[]',
            },
          ],
        ]),
      },
    ],
  ]),
};

function keyOfRule({ id, severity, documentation, options = [] }: Rule): SettingsKey {
  const own = options.map(({ name, summary, allowed, default: byItself }): [string, SettingsKey] => [
    name,
    { about: `${summary}: ${allowed}.`, detail: JSON.stringify(byItself) },
  ]);
  return {
    about: `${documentation.summary}. ${documentation.instead}\n\n\`dbpatterns explain ${id}\``,
    detail: JSON.stringify(severity),
    values: severityChoices,
    keys: new Map([
      [
        'severity',
        {
          about: 'How loud it is, or `off`.',
          detail: JSON.stringify(severity),
          values: severityChoices,
        },
      ],
      ['exclude', { about: excludeSummary, detail: '[]' }],
      ...own,
    ]),
  };
}
