/** PostgreSQL servers that a docker-compose file starts and publishes on this machine, as URLs. Pure. */
import type { TextRange } from '../../base/range.ts';
import { recordOf } from '../../base/record.ts';
import { yamlEntries } from '../../base/yaml.ts';

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

/** Lies over the file beside it, as compose itself takes it. */
export function isOverride(path: string): boolean {
  return isComposeFile(path) && /\.override\.ya?ml$/.test(path);
}

type Variables = ReadonlyMap<string, string>;

/**
 * `texts`: a file, and what lies over it. `variablesIn` reads an environment file by its path from the same folder. A
 * service that publishes no port cannot be reached from outside.
 */
export function composeServices(
  texts: readonly string[],
  variablesIn: (path: string) => Variables,
): readonly ComposeService[] {
  const [base = '', ...over] = texts;
  const variables = variablesIn('.env');
  return yamlEntries(base, 'services').flatMap(({ key, range, value }) => {
    const above = over.flatMap(text => yamlEntries(text, 'services')).filter(each => each.key === key);
    const layers = [value, ...above.map(each => each.value)].map(recordOf);
    const service = Object.assign({}, ...layers);
    const image = expand(service.image, variables);
    if (!images.test(image)) return [];
    const port = publishedPort(
      layers.flatMap(({ ports }) => ports),
      variables,
    );
    if (port === null) return [];
    const given = new Map(
      layers.flatMap(layer => [
        ...environmentFilesOf(layer.env_file, variables).flatMap(path => [...variablesIn(path)]),
        ...environmentOf(layer.environment, variables),
      ]),
    );
    // As the image's own entry point fills in.
    const user = given.get('POSTGRES_USER') || given.get('POSTGRESQL_USERNAME') || 'postgres';
    const password = given.get('POSTGRES_PASSWORD') || given.get('POSTGRESQL_PASSWORD');
    const database = given.get('POSTGRES_DB') || given.get('POSTGRESQL_DATABASE') || user;
    const secret = password ? `:${encodeURIComponent(password)}` : '';
    const url = `postgresql://${encodeURIComponent(user)}${secret}@localhost:${port}/${database}`;
    return [{ name: key, range, url }];
  });
}

/** A path, or a list of paths and of `{path: …}`. */
function environmentFilesOf(raw: unknown, variables: Variables): readonly string[] {
  const all: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  return all.map(entry => expand(recordOf(entry).path ?? entry, variables)).filter(path => path !== '');
}

/** `"5433:5432"`, `"127.0.0.1:5433:5432/tcp"`, or `{target: 5432, published: 5433}`. */
function publishedPort(ports: readonly unknown[], variables: Variables): string | null {
  for (const entry of ports) {
    const { target, published } = recordOf(entry);
    const text =
      published === undefined ? expand(entry, variables) : `${expand(published, variables)}:${target}`;
    const [, outside, inside] = /(?:^|:)(\d+):(\d+)(?:\/tcp)?$/.exec(text) ?? [];
    if (outside !== undefined && Number(inside) === serverPort) return outside;
  }
  return null;
}

/** A table, or a list of `NAME=value`; a name alone comes from the shell, which is not known. */
function environmentOf(raw: unknown, variables: Variables): Variables {
  const pairs = Array.isArray(raw)
    ? raw.map(entry => /^([^=]+)=(.*)$/s.exec(String(entry))?.slice(1) ?? [])
    : Object.entries(recordOf(raw));
  return new Map(pairs.map(([name, value]) => [String(name), expand(value, variables)]));
}

/** `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:+other}`, one in another, `$$`; an unknown name is empty, as for compose itself. */
function expand(value: unknown, variables: Variables): string {
  if (value === undefined || value === null) return '';
  // From the inside out, while a pair of dollars is out of the way.
  let text = String(value).replaceAll('$$', '\0');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(
      /\$(?:(\w+)|\{(\w+)(?::?([-+?])([^{}]*))?\})/,
      (_, bare?: string, braced?: string, mark?: string, other = '') => {
        const known = (variables.get(bare ?? braced ?? '') ?? '').replaceAll('$', '\0');
        if (mark === '+') return known === '' ? '' : other;
        return known === '' && mark === '-' ? other : known;
      },
    );
  }
  return text.replaceAll('\0', '$');
}
