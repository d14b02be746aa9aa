/** A database that an environment file names in pieces, as settings classes put them together: `DB_HOST`, `DB_USER`, … Pure. */
import type { TextRange } from '../../base/range.ts';
import type { EnvironmentEntry } from '../connections/environment-file.ts';

export interface PiecedUrl {
  /** May hold a password: never logged. */
  readonly url: string;
  /** Of the host's entry. */
  readonly range: TextRange;
  /** All entries that it is put together from. */
  readonly pieces: readonly EnvironmentEntry[];
}

type Piece = 'host' | 'port' | 'user' | 'password' | 'database';

const namesOf: Readonly<Record<Piece, string>> = {
  host: 'HOST|HOSTNAME|SERVER',
  port: 'PORT',
  user: 'USER|USERNAME',
  password: 'PASSWORD|PASS|PASSWD|PWD',
  database: 'DB|DATABASE|NAME|DBNAME|DB_NAME|DATABASE_NAME',
};

/** Only prefixes that speak of a database; libpq's variables have theirs without an underscore, nested settings two. */
const prefixes = /^((?:\w+_)?(?:POSTGRES|POSTGRESQL|PG|PSQL|DB|DATABASE)__?|PG)([A-Z_]+)$/;

/** One URL for each prefix that gives at least a host, a user and a database. */
export function piecedUrls(entries: readonly EnvironmentEntry[]): readonly PiecedUrl[] {
  const groups = new Map<string, Map<Piece, EnvironmentEntry>>();
  for (const entry of entries) {
    const [, prefix = '', rest = ''] = prefixes.exec(entry.name.toUpperCase()) ?? [];
    const piece = pieceOf(rest);
    if (piece === null || entry.value === '') continue;
    const group = groups.get(prefix) ?? new Map<Piece, EnvironmentEntry>();
    groups.set(prefix, group.set(piece, entry));
  }
  return [...groups.values()].flatMap(group => {
    const [host, user, database] = [group.get('host'), group.get('user'), group.get('database')];
    if (!host || !user || !database) return [];
    const password = group.get('password');
    const secret = password ? `:${encodeURIComponent(password.value)}` : '';
    const port = group.get('port');
    const place = `${host.value.includes(':') ? `[${host.value}]` : encodeURIComponent(host.value)}${port ? `:${port.value}` : ''}`;
    const url = `postgresql://${encodeURIComponent(user.value)}${secret}@${place}/${database.value}`;
    return [{ url, range: host.range, pieces: [...group.values()] }];
  });
}

function pieceOf(name: string): Piece | null {
  const found = Object.entries(namesOf).find(([, names]) => new RegExp(`^(?:${names})$`).test(name));
  return (found?.[0] ?? null) as Piece | null;
}
