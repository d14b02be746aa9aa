/** The environment that `[tool.alembic]` of a pyproject.toml describes. */
import type { Problem } from '../../base/problem.ts';
import type { TextRange } from '../../base/range.ts';
import { parseToml, type TomlTable, tomlTable } from '../../base/toml.ts';
import type { ConfigSource, EnvironmentConfig } from './config.ts';
import { defaultFileTemplate, defaultSlugLength, hereMark, scriptLocation } from './config-values.ts';

export interface TomlEnvironment {
  readonly environment: EnvironmentConfig | null;
  readonly problems: readonly (Problem & { readonly path: string })[];
}

export function readTomlEnvironment(source: ConfigSource): TomlEnvironment {
  if (!source.text.includes('alembic')) return { environment: null, problems: [] };
  const reading = parseToml(source.text);
  if (reading.kind === 'error') {
    const range = { start: reading.position, end: reading.position };
    return {
      environment: null,
      problems: [{ code: 'unreadable-toml', message: `${reading.message}.`, range, path: source.path }],
    };
  }
  const table = tomlTable(reading.table, 'tool', 'alembic');
  const location = textOf(table, 'script_location');
  if (location === null) return { environment: null, problems: [] };
  return { environment: readEnvironment(source, table, location), problems: [] };
}

function readEnvironment(source: ConfigSource, table: TomlTable, location: string): EnvironmentConfig {
  const length = table.truncate_slug_length;
  return {
    configPath: source.path,
    section: null,
    scriptLocation: scriptLocation(location),
    scriptLocationRange: rangeOfKey(source.text, 'script_location'),
    versionLocations: listOf(table, 'version_locations').map(scriptLocation),
    recursive: table.recursive_version_locations === true,
    prependSysPath: listOf(table, 'prepend_sys_path').flatMap(path => {
      const found = scriptLocation(path);
      return found.kind === 'path' ? [found.path] : [];
    }),
    url: null,
    databases: [],
    fileTemplate: textOf(table, 'file_template') ?? defaultFileTemplate,
    truncateSlugLength: typeof length === 'number' ? length : defaultSlugLength,
    timezone: textOf(table, 'timezone'),
    outputEncoding: textOf(table, 'output_encoding') ?? 'utf-8',
    postWriteHooks: readHooks(table),
    problems: [],
  };
}

/** Python's `%` formatting with `here` as its only name. */
function format(value: string): string {
  return value.replaceAll('%(here)s', hereMark).replaceAll('%%', '%');
}

function readHooks({ post_write_hooks: hooks }: TomlTable): readonly string[] {
  return Array.isArray(hooks)
    ? hooks.flatMap(hook =>
        typeof hook === 'object' && hook !== null && 'name' in hook ? [String(hook.name)] : [],
      )
    : [];
}

function textOf(table: TomlTable, key: string): string | null {
  const value = table[key];
  return typeof value === 'string' ? format(value) : null;
}

function listOf(table: TomlTable, key: string): string[] {
  const value = table[key];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter(each => typeof each === 'string').map(format);
}

function rangeOfKey(text: string, key: string): TextRange | null {
  const match = new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*`, 'm').exec(text);
  if (!match) return null;
  const start = match.index + match[0].length;
  const end = text.indexOf('\n', start);
  return { start, end: end < 0 ? text.length : text.slice(start, end).trimEnd().length + start };
}
