/** The text that pydantic's `PostgresDsn.build(…)` and `MultiHostUrl.build(…)` put together, of both major versions. Pure. */
import type { Constant } from './site.ts';

/** The canonical names of the methods that build. */
export const dsnBuilders: ReadonlySet<string> = new Set([
  'pydantic.PostgresDsn.build',
  'pydantic.AnyUrl.build',
  'pydantic.networks.PostgresDsn.build',
  'pydantic_core.MultiHostUrl.build',
  'pydantic_core.Url.build',
]);

/** By keyword; undefined for a value that is not constant. A password may be that: it does not hide where the URL leads. */
export function builtDsn(given: ReadonlyMap<string, Constant | undefined>): string | undefined {
  const isKnown = [...given].every(([name, value]) => value !== undefined || name === 'password');
  const text = (...names: readonly string[]) =>
    names.map(name => given.get(name)).find(value => value !== undefined && value !== null && value !== '');
  const [scheme, host] = [text('scheme'), text('host')];
  if (!isKnown || typeof scheme !== 'string' || typeof host !== 'string') return undefined;
  const user = text('username', 'user');
  const password = text('password');
  const secret = password === undefined ? '' : `:${password}`;
  const port = text('port');
  const query = text('query');
  // The first major version wants the slash written.
  const database = String(text('path') ?? '').replace(/^\//, '');
  return [
    `${scheme}://`,
    user === undefined ? '' : `${user}${secret}@`,
    host,
    port === undefined ? '' : `:${port}`,
    database === '' ? '' : `/${database}`,
    query === undefined ? '' : `?${query}`,
  ].join('');
}
