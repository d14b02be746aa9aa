/**
 * The environments that an alembic.ini and the pyproject.toml beside it describe. Text in, data out; paths are relative
 * to the configuration's folder. Leaves out env.py, which can override much of it: see `environment-script.ts`.
 */
import type { ConfigReading, ConfigSources, ConfigValue, EnvironmentConfig } from './config.ts';
import { readIniEnvironments } from './config-ini.ts';
import { readTomlEnvironment } from './config-toml.ts';

/** The .ini file's values win over those of the other, as in Alembic 1.16 and later. */
export function readConfig(sources: ConfigSources): ConfigReading {
  const ini = sources.ini ? readIniEnvironments(sources.ini) : null;
  const toml = sources.toml ? readTomlEnvironment(sources.toml) : null;
  const own = ini?.environments ?? [];
  const rest =
    toml?.environment && !own.some(each => each.section === null)
      ? [withUrl(toml.environment, ini?.url ?? null)]
      : [];
  return { environments: [...own, ...rest], problems: [...(ini?.problems ?? []), ...(toml?.problems ?? [])] };
}

/** pyproject.toml has no place for a URL: it stays in the .ini file's [alembic]. */
function withUrl(environment: EnvironmentConfig, url: ConfigValue | null): EnvironmentConfig {
  return { ...environment, url };
}
