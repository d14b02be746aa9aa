/** Splits the password off a database URL as text, before the rest may be stored or shown. */
export interface SplitUrl {
  /** The URL without password. */
  readonly url: string;
  /** Decoded; null where the URL holds none. */
  readonly password: string | null;
}

/** Finds the password between user and host, and in libpq's `?password=`; the latter wins as it does there. */
export function splitPassword(text: string): SplitUrl {
  const inQuery = splitQuery(text.trim());
  const inUser = splitUser(inQuery.url);
  return { url: inUser.url, password: inQuery.password ?? inUser.password };
}

/** No password of any kind: by this a URL of the settings is named where only their owner may see it whole. */
export function withoutPasswords(text: string): string {
  return splitPassword(text).url.replace(/([?&]sslpassword=)[^&#]*/gi, '$1');
}

/** Why a text is no database URL that can be added, or null. */
export function urlProblem(text: string): string | null {
  const url = text.trim();
  if (url === '') return 'Paste a URL, such as postgresql://user@localhost:5432/shop.';
  const scheme = /^([a-z][a-z0-9]*)(\+[a-z0-9_]+)?:\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return 'A URL starts with its dialect, such as postgresql:// or sqlite://.';
  if (['postgresql', 'postgres', 'sqlite'].includes(scheme)) return null;
  return `${scheme} is not supported; PostgreSQL and SQLite are.`;
}

function splitQuery(url: string): SplitUrl {
  const match = /([?&])password=([^&#]*)(&?)/i.exec(url);
  if (match === null) return { url, password: null };
  const [whole, before = '', password = '', after] = match;
  const start = url.slice(0, match.index);
  return {
    url: start + (after === '' ? '' : before) + url.slice(match.index + whole.length),
    password: decode(password),
  };
}

/** The last `@` ends the user's part, as SQLAlchemy reads it: an unescaped `@` or `/` may stand in a password. */
function splitUser(url: string): SplitUrl {
  const start = url.indexOf('://') + 3;
  const query = url.indexOf('?');
  const end = url.slice(0, query < 0 ? undefined : query).lastIndexOf('@');
  const colon = url.indexOf(':', start);
  if (start < 3 || colon < 0 || colon > end) return { url, password: null };
  return { url: url.slice(0, colon) + url.slice(end), password: decode(url.slice(colon + 1, end)) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
