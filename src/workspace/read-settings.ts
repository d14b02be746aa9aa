/** Settings of the workspace itself: `[tool.dbpatterns]` in `pyproject.toml`, and the same keys in the editor's. */
import { isRecord, type PlainRecord, recordOf } from '../base/record.ts';
import { parseToml, tomlTable } from '../base/toml.ts';
import { type TomlPath, type TomlPlace, tomlPlaceOf, tomlPlaces } from '../base/toml-places.ts';
import {
  choiceProblem,
  type GivenRuleSettings,
  type RulesById,
  readRuleSettings,
  type SettingsProblem,
  unknownKey,
} from '../rules/read-rule-settings.ts';
import { rules } from '../rules/registry.ts';
import { isNamePattern } from '../rules/rule-option.ts';
import type { FileProblem, MigrationSettings, SchemaSource } from './snapshot.ts';

const knownRules: RulesById = new Map(rules.map(rule => [rule.id, rule]));

export const schemaSources: readonly SchemaSource[] = ['auto', 'models', 'migrations', 'database', 'none'];

/** What one source says; null and left out where it says nothing. */
export interface GivenSettings {
  readonly rules: GivenRuleSettings;
  readonly schema: SchemaSource | null;
  readonly migrations: GivenMigrationSettings;
}

export interface GivenMigrationSettings extends Pick<MigrationSettings, 'baseline'> {
  readonly smallTables: readonly string[] | null;
}

export interface ReadSettings {
  readonly given: GivenSettings;
  readonly problems: readonly SettingsProblem[];
}

/** `raw` has the keys of our table: `schema`, `preset`, `rules`, `per-file-ignores`, `migrations`. */
export function readSettings(raw: unknown): ReadSettings {
  const { given, problems } = readRuleSettings(raw, knownRules);
  const chosen = recordOf(raw).schema;
  const schema = schemaSources.find(source => source === chosen) ?? null;
  const complaint =
    chosen !== undefined && schema === null ? [choiceProblem(['schema'], chosen, schemaSources)] : [];
  const migrations = readMigrationSettings(recordOf(raw).migrations);
  return {
    given: { rules: given, schema, migrations: migrations.settings },
    problems: [...problems, ...complaint, ...migrations.problems],
  };
}

function readMigrationSettings(raw: unknown): {
  readonly settings: GivenMigrationSettings;
  readonly problems: readonly SettingsProblem[];
} {
  const { baseline, 'small-tables': tables } = recordOf(raw);
  const problems: SettingsProblem[] = [];
  const complain = (key: string, value: unknown, allowed: string) => {
    const message = `migrations.${key} is ${JSON.stringify(value)}, and can be ${allowed}`;
    problems.push({ at: ['migrations', key], part: 'value', message });
  };
  if (baseline !== undefined && typeof baseline !== 'string')
    complain('baseline', baseline, 'the id of a revision');
  const areNames = Array.isArray(tables) && tables.every(isNamePattern);
  if (tables !== undefined && !areNames)
    complain('small-tables', tables, 'a list of names, in which * stands for any characters');
  return {
    settings: {
      baseline: typeof baseline === 'string' && baseline !== '' ? baseline : null,
      smallTables: areNames ? tables : null,
    },
    problems,
  };
}

/** Keys that the file has, and nobody asks for. An editor's settings have more of them. */
function unknownKeys(table: PlainRecord): readonly SettingsProblem[] {
  const own = Object.keys(table).flatMap(key => (fileKeys.has(key) ? [] : [unknownSetting(key)]));
  const ofMigrations = Object.keys(recordOf(table.migrations)).flatMap(key => {
    const message = `there is no setting migrations.${key}`;
    return migrationKeys.includes(key) ? [] : [unknownKey(['migrations', key], migrationKeys, message)];
  });
  return [...own, ...ofMigrations];
}

function unknownSetting(key: string): SettingsProblem {
  if (!knownRules.has(key)) return unknownKey([key], fileKeys, `there is no setting ${key}`);
  return { at: [key], part: 'key', message: `${key} is a rule: it belongs to [tool.dbpatterns.rules]` };
}

const fileKeys: ReadonlySet<string> = new Set([
  'preset',
  'rules',
  'per-file-ignores',
  'schema',
  'migrations',
]);
const migrationKeys: readonly string[] = ['baseline', 'small-tables'];

export interface ReadFile {
  readonly given: GivenSettings;
  readonly problems: readonly FileProblem[];
}

/** Settings of a `pyproject.toml`; null where it has no table of ours. */
export function readProjectSettings(path: string, text: string): ReadFile | null {
  if (!text.includes('dbpatterns')) return null;
  const parsed = parseToml(text);
  if (parsed.kind === 'error') {
    const { message, position } = parsed;
    const range = { start: position, end: position };
    return {
      given: readSettings({}).given,
      problems: [{ path, code: settingsProblem, message: `no settings are read: ${message}`, range }],
    };
  }
  const { dbpatterns } = tomlTable(parsed.table, 'tool');
  if (dbpatterns === undefined) return null;
  const { given, problems } = readSettings(dbpatterns);
  const all = [...problems, ...(isRecord(dbpatterns) ? unknownKeys(dbpatterns) : [])];
  if (all.length === 0) return { given, problems: [] };
  const places = tomlPlaces(text);
  return { given, problems: all.map(each => placed(each, path, places)) };
}

/** The code of what is wrong in the settings of a file. */
export const settingsProblem = 'unreadable-settings';

/** Where our table begins in a `pyproject.toml`. */
export const tablePath: TomlPath = ['tool', 'dbpatterns'];

function placed(
  { at, part, message, nearest }: SettingsProblem,
  path: string,
  places: readonly TomlPlace[],
): FileProblem {
  const place = tomlPlaceOf(places, [...tablePath, ...at]);
  const isThere = place?.path.length === tablePath.length + at.length;
  const range = (part === 'value' && isThere ? place?.value : null) ?? place?.key ?? { start: 0, end: 0 };
  if (nearest === undefined || !isThere) return { path, code: settingsProblem, message, range };
  const written = part === 'value' ? JSON.stringify(nearest) : nearest;
  return { path, code: settingsProblem, message, range, nearest: written };
}
