/** Settings of the workspace itself: `[tool.dbpatterns]` in `pyproject.toml`. */
import { literalPattern } from '../base/literal-pattern.ts';
import { isRecord, type PlainRecord, recordOf } from '../base/record.ts';
import { parseToml, tomlTable } from '../base/toml.ts';
import { rules } from '../rules/registry.ts';
import {
  choiceProblem,
  parseRuleSettings,
  type SettingsProblem,
  unknownKey,
} from '../rules/rule-settings.ts';
import type { FileProblem, MigrationSettings, SchemaSource, WorkspaceSettings } from './snapshot.ts';

const knownRules: ReadonlySet<string> = new Set(rules.map(rule => rule.id));
const schemaSources: readonly SchemaSource[] = ['auto', 'models', 'migrations', 'database', 'none'];

export interface ReadSettings {
  readonly settings: WorkspaceSettings;
  readonly problems: readonly SettingsProblem[];
}

/** `raw` has the table's keys: `schema`, `preset`, `rules`, `migrations`. */
export function parseSettings(raw: unknown): ReadSettings {
  const { settings, problems } = parseRuleSettings(raw, knownRules);
  const chosen = recordOf(raw).schema;
  const schema = schemaSources.find(source => source === chosen);
  const complaint =
    chosen !== undefined && schema === undefined ? [choiceProblem('schema', chosen, schemaSources)] : [];
  const migrations = readMigrationSettings(recordOf(raw).migrations);
  return {
    settings: { rules: settings, schema: schema ?? 'auto', migrations: migrations.settings },
    problems: [...problems, ...complaint, ...migrations.problems],
  };
}

function readMigrationSettings(raw: unknown): {
  readonly settings: MigrationSettings;
  readonly problems: readonly SettingsProblem[];
} {
  const { baseline } = recordOf(raw);
  if (baseline === undefined || baseline === '') return { settings: { baseline: null }, problems: [] };
  if (typeof baseline === 'string') return { settings: { baseline }, problems: [] };
  const message = `migrations.baseline is ${JSON.stringify(baseline)}; it can be the id of a revision`;
  return { settings: { baseline: null }, problems: [{ key: 'baseline', message }] };
}

/** Keys that the file has, and nobody asks for. An editor's settings have more of them. */
function unknownKeys(table: PlainRecord): readonly SettingsProblem[] {
  const own = Object.keys(table).flatMap(key => (fileKeys.has(key) ? [] : [unknownSetting(key)]));
  const { migrations } = table;
  const ofMigrations = Object.keys(recordOf(migrations)).flatMap(key =>
    key === 'baseline' ? [] : [unknownKey(key, ['baseline'], `there is no setting migrations.${key}`)],
  );
  return [...own, ...ofMigrations];
}

function unknownSetting(key: string): SettingsProblem {
  if (knownRules.has(key)) return { key, message: `${key} is a rule: it belongs to [tool.dbpatterns.rules]` };
  return unknownKey(key, fileKeys, `there is no setting ${key}`);
}

const fileKeys: ReadonlySet<string> = new Set(['preset', 'rules', 'schema', 'migrations']);

/** Settings of a `pyproject.toml`; null where it has no table of ours. */
export function readProjectSettings(
  path: string,
  text: string,
): { readonly raw: unknown; readonly problems: readonly FileProblem[] } | null {
  if (!text.includes('dbpatterns')) return null;
  const parsed = parseToml(text);
  if (parsed.kind === 'error') {
    const { message, position } = parsed;
    const range = { start: position, end: position };
    return {
      raw: null,
      problems: [{ path, code: settingsProblem, message: `no settings are read: ${message}`, range }],
    };
  }
  const { dbpatterns } = tomlTable(parsed.table, 'tool');
  if (dbpatterns === undefined) return null;
  if (!isRecord(dbpatterns)) return { raw: null, problems: [] };
  return { raw: dbpatterns, problems: unknownKeys(dbpatterns).map(each => placed(each, path, text)) };
}

/** The code of what is wrong in the settings of a file. */
export const settingsProblem = 'unreadable-settings';

/** The problem where its key stands in the file, else at the head of our table. */
export function placed({ key, message }: SettingsProblem, path: string, text: string): FileProblem {
  const head = text.search(/\btool\s*\.\s*["']?dbpatterns\b/);
  const name = new RegExp(`(?<=^|[\\s.{,\\[])(["']?)${literalPattern(key)}\\1(?=\\s*[=.\\]])`, 'm');
  const found = name.exec(text.slice(Math.max(0, head)));
  const start = Math.max(0, head) + (found?.index ?? 0);
  const range = { start, end: start + (found?.[0] ?? 'tool.dbpatterns').length };
  return { path, code: settingsProblem, message, range };
}
