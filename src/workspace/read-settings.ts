/** Settings of the workspace itself: `[tool.dbpatterns]` in `pyproject.toml`. */
import { parseToml, tomlTable } from '../base/toml.ts';
import { rules } from '../rules/registry.ts';
import { parseRuleSettings } from '../rules/rule-settings.ts';
import type { FileProblem, MigrationSettings, SchemaSource, WorkspaceSettings } from './snapshot.ts';

const knownRules: ReadonlySet<string> = new Set(rules.map(rule => rule.id));
const schemaSources: readonly SchemaSource[] = ['auto', 'models', 'migrations', 'database', 'none'];

export interface ReadSettings {
  readonly settings: WorkspaceSettings;
  readonly problems: readonly string[];
}

/** `raw` has the table's keys: `schema`, `preset`, `rules`, `migrations`. */
export function parseSettings(raw: unknown): ReadSettings {
  const { settings, problems } = parseRuleSettings(raw, knownRules);
  const chosen = isRecord(raw) ? raw.schema : undefined;
  const schema = schemaSources.find(source => source === chosen);
  const complaint =
    chosen !== undefined && schema === undefined
      ? [`schema is ${JSON.stringify(chosen)}; it can be ${schemaSources.join(', ')}`]
      : [];
  const migrations = readMigrationSettings(isRecord(raw) ? raw.migrations : undefined);
  return {
    settings: { rules: settings, schema: schema ?? 'auto', migrations: migrations.settings },
    problems: [...problems, ...complaint, ...migrations.problems],
  };
}

function readMigrationSettings(raw: unknown): {
  readonly settings: MigrationSettings;
  readonly problems: readonly string[];
} {
  const baseline = isRecord(raw) ? raw.baseline : undefined;
  if (baseline === undefined || baseline === '') return { settings: { baseline: null }, problems: [] };
  if (typeof baseline === 'string') return { settings: { baseline }, problems: [] };
  const problem = `migrations.baseline is ${JSON.stringify(baseline)}; it can be the id of a revision`;
  return { settings: { baseline: null }, problems: [problem] };
}

/** Settings of a `pyproject.toml`; null where it has no table of ours. */
export function readProjectSettings(
  path: string,
  text: string,
): { raw: unknown; problems: readonly FileProblem[] } | null {
  if (!text.includes('dbpatterns')) return null;
  const parsed = parseToml(text);
  if (parsed.kind === 'error') {
    return {
      raw: null,
      problems: [{ path, code: 'unreadable-settings', message: `no settings are read: ${parsed.message}` }],
    };
  }
  const { dbpatterns } = tomlTable(parsed.table, 'tool');
  return dbpatterns === undefined ? null : { raw: dbpatterns, problems: [] };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
