/** What libpq would fill in where a URL says nothing: a service's parameters, then its environment variables. Pure. */
/** By libpq's keyword: `host`, `dbname`, `sslmode`. */
export type LibpqParameters = Readonly<Record<string, string | undefined>>;

/** By the service's name. May hold passwords: never logged. */
export type Services = Readonly<Record<string, LibpqParameters>>;

const keywordByVariable: Readonly<Record<string, string>> = {
  PGHOST: 'host',
  PGHOSTADDR: 'hostaddr',
  PGPORT: 'port',
  PGUSER: 'user',
  PGPASSWORD: 'password',
  PGPASSFILE: 'passfile',
  PGDATABASE: 'dbname',
  PGSSLMODE: 'sslmode',
  PGSSLROOTCERT: 'sslrootcert',
  PGSSLCERT: 'sslcert',
  PGSSLKEY: 'sslkey',
  PGCHANNELBINDING: 'channel_binding',
  PGTARGETSESSIONATTRS: 'target_session_attrs',
};

export function libpqDefaults(
  environment: Readonly<Record<string, string | undefined>>,
  service: LibpqParameters = {},
): LibpqParameters {
  const variables = Object.entries(keywordByVariable).flatMap(([variable, keyword]) => {
    const value = environment[variable];
    return value ? [[keyword, value] as const] : [];
  });
  return { ...Object.fromEntries(variables), ...service };
}
