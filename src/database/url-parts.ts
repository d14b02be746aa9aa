/** A database URL taken apart as SQLAlchemy takes it apart, with escapes resolved; what the parts mean is not known here. */

export interface UrlParts {
  readonly dialect: string;
  readonly driver: string | null;
  readonly user: string | null;
  readonly password: string | null;
  readonly hosts: string;
  readonly database: string | null;
  readonly query: ReadonlyMap<string, readonly string[]>;
}

/**
 * SQLAlchemy's own pattern (`sqlalchemy/engine/url.py`), except that several hosts may stand as libpq allows. A password
 * ends at the first `@`; neither SQLAlchemy nor this unescapes the database.
 */
const urlPattern = /^([\w+]+):\/\/(?:([^:/]*)(?::([^@]*))?@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s;

/** Null for what is no URL. */
export function splitUrl(url: string): UrlParts | null {
  const match = urlPattern.exec(url);
  if (!match) return null;
  const [, name = '', user, password, hosts = '', database, query = ''] = match;
  const plus = name.indexOf('+');
  return {
    dialect: (plus < 0 ? name : name.slice(0, plus)).toLowerCase(),
    driver: plus < 0 ? null : name.slice(plus + 1),
    user: user ? unescapePercent(user) : null,
    password: password === undefined ? null : unescapePercent(password),
    hosts,
    database: database || null,
    query: readQuery(query),
  };
}

function readQuery(text: string): Map<string, string[]> {
  const query = new Map<string, string[]>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = unescapePlus(equals < 0 ? pair : pair.slice(0, equals));
    query.set(name, [...(query.get(name) ?? []), equals < 0 ? '' : unescapePlus(pair.slice(equals + 1))]);
  }
  return query;
}

function unescapePlus(text: string): string {
  return unescapePercent(text.replaceAll('+', ' '));
}

/** As Python's `urllib.parse.unquote`: runs of escapes are UTF-8, what is no escape stays as it is. */
export function unescapePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, run => {
    const bytes = Uint8Array.from(run.slice(1).split('%'), pair => Number.parseInt(pair, 16));
    return new TextDecoder().decode(bytes);
  });
}
