/** Every setting, once: its JSON schema for `package.json`, from which its TypeScript type follows. */

interface SettingBase {
  /** Markdown, shown in the settings editor and in the README. */
  readonly description: string;
  readonly scope: 'window' | 'resource' | 'machine-overridable';
  /** True where a workspace that is not trusted must not set it. */
  readonly restricted?: boolean;
}

export type SettingData =
  | (SettingBase & { readonly type: 'boolean'; readonly default: boolean })
  | (SettingBase & { readonly type: 'string'; readonly default: string })
  | (SettingBase & { readonly type: 'number'; readonly default: number; readonly minimum: number })
  | (SettingBase & {
      readonly type: 'choice';
      readonly default: string;
      readonly choices: Readonly<Record<string, string>>;
    })
  | (SettingBase & { readonly type: 'connections'; readonly default: readonly ConnectionSetting[] })
  | (SettingBase & { readonly type: 'urls'; readonly default: readonly string[] })
  /** Names of tables and their kin, as patterns. */
  | (SettingBase & { readonly type: 'names'; readonly default: readonly string[] })
  | (SettingBase & { readonly type: 'rules'; readonly default: Readonly<Record<string, string>> })
  | (SettingBase & { readonly type: 'rule-options'; readonly default: Readonly<Record<string, object>> })
  /** Rules by patterns of paths. */
  | (SettingBase & {
      readonly type: 'ignores';
      readonly default: Readonly<Record<string, readonly string[]>>;
    });

/** An entry of `databasePatterns.connections`. */
export interface ConnectionSetting {
  readonly name?: string;
  /** Without password. Also the URL of a connection that was found elsewhere, to mark it. */
  readonly url: string;
  /** Connections of one group stand together in the view. */
  readonly group?: string;
  readonly color?: ConnectionColor;
  /** Nothing is ended there without its name being typed. */
  readonly protected?: boolean;
  /** A program and its arguments that print a password, such as a token that expires. */
  readonly passwordCommand?: readonly string[];
}

export const connectionColors = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const;

export type ConnectionColor = (typeof connectionColors)[number];

export const settings = {
  enable: {
    type: 'boolean',
    default: true,
    scope: 'window',
    description:
      'Checks Python files and offers the SQL of their statements. Off: the server is not started.',
  },
  schema: {
    type: 'choice',
    default: 'auto',
    scope: 'window',
    choices: {
      auto: 'By the migrations where all of them were understood and hold all that the models declare, else by the models.',
      models: 'By the tables that the models declare. No database is needed.',
      migrations: 'By the tables that the Alembic revisions build. No database is needed.',
      database:
        'By the database of `#databasePatterns.checkConnection#`. Statements are parsed there, never executed.',
      none: 'Not at all: only the rules that need no schema run.',
    },
    description: 'What PostgreSQL judges the SQL of the workspace by.',
  },
  checkConnection: {
    type: 'string',
    default: '',
    scope: 'window',
    restricted: true,
    description:
      'The connection that `#databasePatterns.schema#` means by `database`: its URL without password. Set by **Use for Checks** in the Connections view.',
  },
  preset: {
    type: 'choice',
    default: 'recommended',
    scope: 'window',
    choices: {
      recommended: 'Mistakes: code that does something else than it says, fails, or is slow.',
      strict: 'Also what is only risky in some projects.',
      all: 'Every rule.',
    },
    description: 'Which rules run. `#databasePatterns.rules#` changes single ones.',
  },
  rules: {
    type: 'rules',
    default: {},
    scope: 'window',
    description: 'The severity of single rules, or `off`.',
  },
  ruleOptions: {
    type: 'rule-options',
    default: {},
    scope: 'window',
    description:
      'Options of single rules: what each of them has, which its page names, and `exclude` with patterns of the paths of files in which it is silent.',
  },
  perFileIgnores: {
    type: 'ignores',
    default: {},
    scope: 'window',
    description:
      'Rules that are silent in files, by the pattern of their paths: ids of rules, categories such as `session`, or `all`.',
  },
  'migrations.baseline': {
    type: 'string',
    default: '',
    scope: 'window',
    description:
      'The newest Alembic revision that has run everywhere, such as the one of the last release: findings in it and in those before are hints. Empty: the ten newest revisions count as not yet run.',
  },
  'migrations.smallTables': {
    type: 'names',
    default: [],
    scope: 'window',
    description:
      'Tables that stay small, by name, in which `*` stands for any characters: findings about locks on them are hints.',
  },
  'migrations.tableSizes': {
    type: 'boolean',
    default: true,
    scope: 'window',
    description:
      'While the Migrations view is open, findings about locks follow the size of the table in the database of the environment: on small tables they are hints. Turn it off where that database holds much less than the one that matters.',
  },
  completion: {
    type: 'boolean',
    default: true,
    scope: 'window',
    description:
      'Completes names that Python does not know: tables and columns in SQL and in strings, keywords of `filter_by()` and `values()`, revisions.',
  },
  'hints.unknown': {
    type: 'boolean',
    default: false,
    scope: 'window',
    description: 'Marks statements that could not be read as SQL with a hint that says why.',
  },
  pythonPath: {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    restricted: true,
    description:
      'The Python that runs your Alembic. Empty: the one chosen in the Python extension, then `.venv` or `venv` in the workspace, then `python3`.',
  },
  connections: {
    type: 'connections',
    default: [],
    scope: 'window',
    restricted: true,
    description:
      'Databases besides those found in `.env` files, `alembic.ini` and code. Passwords do not belong here: use **Set Password…** in the Connections view. An entry may name a `group` and a `color`, mark a connection as `protected`, and give a `passwordCommand` that prints a password each time one is needed. An entry with the URL of a connection that was found elsewhere marks that one.',
  },
  'pools.telemetry': {
    type: 'urls',
    default: [],
    scope: 'window',
    restricted: true,
    description:
      'Addresses at which processes in containers or on other machines tell of their pools, such as `http://localhost:8000/pools`. Those on this machine are found by themselves.',
  },
  'pools.warningThreshold': {
    type: 'number',
    default: 80,
    minimum: 1,
    scope: 'window',
    description: 'Percent of a pool’s limit in use from which it is marked.',
  },
  'pools.refreshInterval': {
    type: 'number',
    default: 1,
    minimum: 0.5,
    scope: 'window',
    description: 'Seconds between two observations while the Pools view is visible.',
  },
  'scaffold.confirm': {
    type: 'choice',
    default: 'always',
    scope: 'window',
    choices: {
      always: 'Always show what would be written, and wait for a confirmation.',
      edits: 'Only where a file that exists would be changed.',
      never: 'Write at once. Undo takes it back.',
    },
    description: 'Whether what is scaffolded is previewed before it is written.',
  },
  'trace.server': {
    type: 'choice',
    default: 'off',
    scope: 'window',
    choices: {
      off: 'Nothing.',
      messages: 'The name of each message.',
      verbose: 'Each message in full, passwords left out.',
    },
    description: 'What the log shows of the talk between editor and server.',
  },
} as const satisfies Readonly<Record<string, SettingData>>;

export type SettingName = keyof typeof settings;

type ValueOf<Data> = Data extends { readonly type: 'choice'; readonly choices: infer Choices }
  ? keyof Choices & string
  : Data extends { readonly type: 'boolean' }
    ? boolean
    : Data extends { readonly type: 'number' }
      ? number
      : Data extends { readonly type: 'string' }
        ? string
        : Data extends { readonly type: 'connections' }
          ? readonly ConnectionSetting[]
          : Data extends { readonly type: 'urls' | 'names' }
            ? readonly string[]
            : Readonly<Record<string, unknown>>;

export type SettingValue<Name extends SettingName> = ValueOf<(typeof settings)[Name]>;
