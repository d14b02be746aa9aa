/** The `application_name` that an engine's connections carry: how the server's sessions are told apart. */
import type { Expression } from '../../python/syntax.ts';
import type { CallArguments } from '../reading/arguments.ts';
import { constantOf, stringOf } from '../reading/constants.ts';
import { namedValue } from '../reading/named-value.ts';
import type { Site } from '../reading/site.ts';

/** From `connect_args` (psycopg), its `server_settings` (asyncpg), its libpq `options`, or the URL's query. */
export function readApplicationName(given: CallArguments, url: string | null, site: Site): string | null {
  const settings = given.keywords.get('connect_args');
  return (settings ? fromArguments(settings, site) : null) ?? fromUrl(url);
}

function fromArguments(written: Expression, site: Site): string | null {
  const { expression, site: at } = namedValue(written, site) ?? { expression: written, site };
  const own = stringOf(entry(expression, 'application_name', at), at);
  if (own !== undefined) return own;
  const server = entry(expression, 'server_settings', at);
  if (server) return fromArguments(server, at);
  const options = stringOf(entry(expression, 'options', at), at);
  return options === undefined ? null : (/-c\s*application_name=(\S+)/.exec(options)?.[1] ?? null);
}

function entry(expression: Expression, name: string, site: Site): Expression | undefined {
  if (expression.kind !== 'dict') return undefined;
  return expression.entries.find(({ key }) => key && constantOf(key, site) === name)?.value;
}

function fromUrl(url: string | null): string | null {
  const name = url === null ? null : /[?&]application_name=([^&]+)/.exec(url)?.[1];
  if (!name) return null;
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
