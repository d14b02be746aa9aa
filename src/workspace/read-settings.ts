/** Settings of the workspace itself: `[tool.dbpatterns]` in `pyproject.toml`. */
import { parseToml, tomlTable } from '../base/toml.ts';
import { rules } from '../rules/registry.ts';
import { parseRuleSettings } from '../rules/rule-settings.ts';
import type { FileProblem, SchemaSource, WorkspaceSettings } from './snapshot.ts';

const knownRules: ReadonlySet<string> = new Set(rules.map(rule => rule.id));
const schemaSources: readonly SchemaSource[] = ['models', 'migrations', 'database', 'none'];

export interface ReadSettings {
  readonly settings: WorkspaceSettings;
  readonly problems: readonly string[];
}

/** `raw` has the table's keys: `schema`, `preset`, `rules`. */
export function parseSettings(raw: unknown): ReadSettings {
  const { settings, problems } = parseRuleSettings(raw, knownRules);
  const chosen = isRecord(raw) ? raw.schema : undefined;
  const schema = schemaSources.find(source => source === chosen);
  const complaint =
    chosen !== undefined && schema === undefined
      ? [`schema is ${JSON.stringify(chosen)}; it can be ${schemaSources.join(', ')}`]
      : [];
  return { settings: { rules: settings, schema: schema ?? 'models' }, problems: [...problems, ...complaint] };
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
