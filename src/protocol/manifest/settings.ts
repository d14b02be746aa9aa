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
  | (SettingBase & { readonly type: 'rules'; readonly default: Readonly<Record<string, string>> });

/** An entry of `databasePatterns.connections`. */
export interface ConnectionSetting {
  readonly name?: string;
  /** Without password. */
  readonly url: string;
}

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
    default: 'models',
    scope: 'window',
    choices: {
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
      'Databases besides those found in `.env` files, `alembic.ini` and code. Passwords do not belong here: use **Set Password…** in the Connections view.',
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
    default: 'edits',
    scope: 'window',
    choices: {
      always: 'Always show what would be written, and wait for a confirmation.',
      edits: 'Only where a file that exists would be changed.',
      never: 'Write at once. Undo takes it back.',
    },
    description: 'Whether new models and repositories are previewed before they are written.',
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
          : Readonly<Record<string, string>>;

export type SettingValue<Name extends SettingName> = ValueOf<(typeof settings)[Name]>;
