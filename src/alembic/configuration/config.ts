/** What Alembic's configuration says: an environment for each section that `alembic -n` can name. Read by `read-config.ts`. */
import type { Problem } from '../../base/problem.ts';
import type { TextRange } from '../../base/range.ts';

export interface EnvironmentConfig {
  /** Path of the file that has `script_location`, as the caller named it. */
  readonly configPath: string;
  /** What `alembic -n` takes; null for the default. */
  readonly section: string | null;
  readonly scriptLocation: ScriptLocation;
  readonly scriptLocationRange: TextRange | null;
  /** Empty where the location's `versions` folder is meant. */
  readonly versionLocations: readonly ScriptLocation[];
  readonly recursive: boolean;
  readonly prependSysPath: readonly string[];
  /** `sqlalchemy.url` of the section. May hold a password: not for logs. */
  readonly url: ConfigValue | null;
  /** Of the `multidb` template: sections with URLs of their own. */
  readonly databases: readonly { readonly name: string; readonly url: ConfigValue | null }[];
  readonly fileTemplate: string;
  readonly truncateSlugLength: number;
  readonly timezone: string | null;
  readonly outputEncoding: string;
  /** Names of what Alembic runs on each revision that it writes, such as a formatter. */
  readonly postWriteHooks: readonly string[];
  readonly problems: readonly Problem[];
}

export interface ConfigValue {
  readonly value: string;
  readonly range: TextRange;
}

export type ScriptLocation =
  /** Relative to the configuration's folder, or absolute. */
  | { readonly kind: 'path'; readonly path: string }
  /** `package:folder`, found along the import path. */
  | { readonly kind: 'package'; readonly package: string; readonly path: string };

export interface ConfigSource {
  readonly path: string;
  readonly text: string;
}

/** An alembic.ini (of any name) and the pyproject.toml of the same folder; either may be missing. */
export interface ConfigSources {
  readonly ini: ConfigSource | null;
  readonly toml: ConfigSource | null;
}

export interface ConfigReading {
  readonly environments: readonly EnvironmentConfig[];
  /** Problems of a file as a whole, by path. */
  readonly problems: readonly (Problem & { readonly path: string })[];
}
