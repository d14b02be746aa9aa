/** PostgreSQL servers that a docker-compose file starts and publishes on this machine, as URLs. Pure. */
import type { TextRange } from '../base/range.ts';
import { yamlEntries } from '../base/yaml.ts';

export interface ComposeService {
  readonly name: string;
  readonly range: TextRange;
  /** May hold a password: never logged. */
  readonly url: string;
}

export function isComposeFile(path: string): boolean {
  return /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/.test(path);
}

const images =
  /(^|\/)(postgres|postgresql|postgis|pgvector|timescaledb(-ha)?|citus|supabase-postgres)([:@]|$)/;
const serverPort = 5432;

/** `variables`: of the `.env` file beside it. A service that publishes no port cannot be reached from outside. */
export function composeServices(
  text: string,
  variables: ReadonlyMap<string, string>,
): readonly ComposeService[] {
  return yamlEntries(text, 'services').flatMap(({ key, range, value }) => {
    const service = recordOf(value);
    const image = expand(service.image, variables);
    if (!images.test(image)) return [];
    const port = publishedPort(service.ports, variables);
    if (port === null) return [];
    const given = environmentOf(service.environment, variables);
    // As the image's own entry point fills in.
    const user = given.get('POSTGRES_USER') || given.get('POSTGRESQL_USERNAME') || 'postgres';
    const password = given.get('POSTGRES_PASSWORD') || given.get('POSTGRESQL_PASSWORD');
    const database = given.get('POSTGRES_DB') || given.get('POSTGRESQL_DATABASE') || user;
    const secret = password ? `:${encodeURIComponent(password)}` : '';
    const url = `postgresql://${encodeURIComponent(user)}${secret}@localhost:${port}/${database}`;
    return [{ name: key, range, url }];
  });
}

/** `"5433:5432"`, `"127.0.0.1:5433:5432/tcp"`, or `{target: 5432, published: 5433}`. */
function publishedPort(ports: unknown, variables: ReadonlyMap<string, string>): string | null {
  for (const entry of Array.isArray(ports) ? ports : []) {
    const { target, published } = recordOf(entry);
    const text =
      published === undefined ? expand(entry, variables) : `${expand(published, variables)}:${target}`;
    const [, outside, inside] = /(?:^|:)(\d+):(\d+)(?:\/tcp)?$/.exec(text) ?? [];
    if (outside !== undefined && Number(inside) === serverPort) return outside;
  }
  return null;
}

/** A table, or a list of `NAME=value`; a name alone comes from the shell, which is not known. */
function environmentOf(raw: unknown, variables: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const pairs = Array.isArray(raw)
    ? raw.map(entry => /^([^=]+)=(.*)$/s.exec(String(entry))?.slice(1) ?? [])
    : Object.entries(recordOf(raw));
  return new Map(pairs.map(([name, value]) => [String(name), expand(value, variables)]));
}

/** `$NAME`, `${NAME}`, `${NAME:-default}`, `$$`; a name that is not known is empty, as for compose itself. */
function expand(value: unknown, variables: ReadonlyMap<string, string>): string {
  if (value === undefined || value === null) return '';
  const pattern = /\$(?:\$|(\w+)|\{(\w+)(?::?[-?]([^}]*))?\})/g;
  return String(value).replace(pattern, (whole, bare?: string, braced?: string, fallback?: string) => {
    const name = bare ?? braced;
    if (name === undefined) return whole === '$$' ? '$' : whole;
    return variables.get(name) || (fallback ?? '');
  });
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
