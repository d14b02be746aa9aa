/** Environments of an alembic.ini: sections with a script_location, their options interpolated. */
import type { Problem } from '../../base/problem.ts';
import type { ConfigSource, ConfigValue, EnvironmentConfig, ScriptLocation } from './config.ts';
import {
  type ConfigFile,
  type ConfigOption,
  type ConfigSection,
  interpolate,
  parseConfig,
} from './config-parser.ts';
import {
  defaultFileTemplate,
  defaultSlugLength,
  hereMark,
  scriptLocation,
  separatorOf,
  splitPaths,
} from './config-values.ts';

export interface IniReading {
  readonly environments: readonly EnvironmentConfig[];
  /** `sqlalchemy.url` of [alembic], also where pyproject.toml has the rest. */
  readonly url: ConfigValue | null;
  readonly problems: readonly (Problem & { readonly path: string })[];
}

const defaultSection = 'alembic';

export function readIniEnvironments(source: ConfigSource): IniReading {
  const file = parseConfig(source.text);
  const main = file.sections.find(section => section.name === defaultSection);
  return {
    environments: environmentSections(file)
      .map(section => readEnvironment(source, file, section))
      .filter(environment => !isPlaceholder(environment.scriptLocation)),
    url: main ? createReader(file, main).value('sqlalchemy.url') : null,
    problems: file.problems.map(problem => ({ ...problem, path: source.path })),
  };
}

/** A file that a program fills in before Alembic reads it, such as `script_location = {folder}`. */
function isPlaceholder(location: ScriptLocation): boolean {
  return /[{}<>]|\$\(/.test(location.path);
}

/** Sections with a location of their own; [alembic] also where [DEFAULT] has it. */
function environmentSections(file: ConfigFile): ConfigSection[] {
  const inherited = file.defaults.has('script_location');
  return file.sections.filter(
    section =>
      section.options.has('script_location') ||
      (inherited && (section.name === defaultSection || section.options.has('version_locations'))),
  );
}

function readEnvironment(source: ConfigSource, file: ConfigFile, section: ConfigSection): EnvironmentConfig {
  const reader = createReader(file, section);
  const location = reader.value('script_location');
  const databases = splitPaths(reader.text('databases') ?? '', 'legacy');
  return {
    configPath: source.path,
    section: section.name === defaultSection ? null : section.name,
    scriptLocation: scriptLocation(location?.value ?? ''),
    scriptLocationRange: location?.range ?? null,
    versionLocations: readVersionLocations(reader),
    recursive: reader.text('recursive_version_locations') === 'true',
    prependSysPath: readSysPath(reader),
    url: reader.value('sqlalchemy.url'),
    databases: databases.map(name => ({ name, url: databaseUrl(file, name) })),
    fileTemplate: reader.text('file_template') ?? defaultFileTemplate,
    truncateSlugLength: Number.parseInt(reader.text('truncate_slug_length') ?? '', 10) || defaultSlugLength,
    timezone: reader.text('timezone'),
    outputEncoding: reader.text('output_encoding') ?? 'utf-8',
    postWriteHooks: readHooks(file),
    problems: reader.problems,
  };
}

/** They are the same for every section. */
function readHooks(file: ConfigFile): readonly string[] {
  const section = file.sections.find(({ name }) => name === 'post_write_hooks');
  const names = section ? createReader(file, section).text('hooks') : null;
  return (names ?? '').split(',').flatMap(name => (name.trim() === '' ? [] : [name.trim()]));
}

function databaseUrl(file: ConfigFile, name: string): ConfigValue | null {
  const section = file.sections.find(each => each.name === name);
  return section ? createReader(file, section).value('sqlalchemy.url') : null;
}

interface SectionReader {
  readonly problems: Problem[];
  value(name: string): ConfigValue | null;
  text(name: string): string | null;
}

function createReader(file: ConfigFile, section: ConfigSection): SectionReader {
  const problems: Problem[] = [];
  const option = (name: string): ConfigOption | undefined =>
    section.options.get(name) ?? file.defaults.get(name);
  const lookup = (name: string) => (name === 'here' ? hereMark : option(name)?.raw);
  const value = (name: string): ConfigValue | null => {
    const found = option(name);
    if (!found) return null;
    const result = interpolate(found.raw, lookup);
    if (result.kind === 'value') return { value: result.value, range: found.range };
    const message = `Alembic cannot read the value of '${name}': ${result.message}.`;
    problems.push({ code: 'broken-interpolation', message, range: found.range });
    return null;
  };
  return { problems, value, text: name => value(name)?.value ?? null };
}

function separators(reader: SectionReader, ...names: readonly string[]): readonly string[] | 'legacy' {
  for (const name of names) {
    const value = reader.value(name);
    if (!value) continue;
    const found = separatorOf(value.value);
    if (found) return found;
    const message = `'${value.value}' is not a valid value for ${name}; expected 'space', 'newline', 'os', ':', ';'.`;
    reader.problems.push({ code: 'unknown-path-separator', message, range: value.range });
  }
  return 'legacy';
}

function readVersionLocations(reader: SectionReader): ScriptLocation[] {
  const text = reader.text('version_locations');
  if (!text) return [];
  return splitPaths(text, separators(reader, 'path_separator', 'version_path_separator')).map(scriptLocation);
}

function readSysPath(reader: SectionReader): string[] {
  const text = reader.text('prepend_sys_path');
  if (!text) return [];
  return splitPaths(text, separators(reader, 'path_separator'), true).flatMap(part => {
    const location = scriptLocation(part);
    return location.kind === 'path' ? [location.path] : [];
  });
}
