/** libpq's connection service file (`pg_service.conf`): named sets of connection parameters. Pure. */
import type { LibpqParameters, Services } from './libpq-defaults.ts';

/** Lines that are none of the file's kind are skipped, as everything before the first section. The first of equal names wins. */
export function readServiceFile(text: string): Services {
  const services: Record<string, Record<string, string>> = {};
  let current: Record<string, string> | null = null;
  for (const line of text.split(/\r?\n/).map(each => each.trim())) {
    const section = /^\[(.+)\]$/.exec(line)?.[1];
    if (section !== undefined) {
      current = {};
      services[section] ??= current;
      continue;
    }
    const [, keyword, value] = /^([a-z_]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (current !== null && keyword !== undefined && value !== undefined) current[keyword] ??= value;
  }
  return services;
}

/** A URL that says all that the service does. May hold a password: never logged. */
export function serviceUrl(parameters: LibpqParameters): string {
  const { user, password, host, port, dbname, ...rest } = parameters;
  const query = new URLSearchParams();
  if (host !== undefined) query.set('host', host);
  if (port !== undefined) query.set('port', port);
  for (const [keyword, value] of Object.entries(rest)) if (value !== undefined) query.set(keyword, value);
  const secret = password === undefined ? '' : `:${encodeURIComponent(password)}`;
  const who = user === undefined ? '' : `${encodeURIComponent(user)}${secret}@`;
  const text = query.toString();
  return `postgresql://${who}/${dbname ?? ''}${text === '' ? '' : `?${text}`}`;
}
