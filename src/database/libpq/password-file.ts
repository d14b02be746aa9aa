/** libpq's password file (`~/.pgpass`): lines of host:port:database:user:password. Pure. */

/** What a line is held against. */
export interface PasswordPlace {
  /** As the URL names it; null, and libpq's own folder of sockets, are `localhost`. */
  readonly host: string | null;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

const socketFolders = ['/var/run/postgresql', '/run/postgresql', '/tmp'];

/** Of the first line that fits; `*` fits anything, `\:` and `\\` stand for the character. Null where none does. */
export function passwordIn(text: string, { host, port, database, user }: PasswordPlace): string | null {
  const name = host === null || socketFolders.includes(host) ? 'localhost' : host;
  const wanted = [name, String(port), database, user];
  for (const line of text.split(/\r?\n/)) {
    const fields = line.startsWith('#') ? null : leadingFields(line, wanted.length);
    if (fields === null) continue;
    const fits = fields.values.every((field, index) => field === '*' || unescaped(field) === wanted[index]);
    if (fits) return unescaped(line.slice(fields.end));
  }
  return null;
}

/** As written. Null for a line that has fewer. */
function leadingFields(
  line: string,
  count: number,
): { readonly values: readonly string[]; readonly end: number } | null {
  const field = /((?:\\.|[^\\:])*):/y;
  const values = Array.from({ length: count }, () => field.exec(line)?.[1]);
  return values.includes(undefined) ? null : { values: values as string[], end: field.lastIndex };
}

function unescaped(field: string): string {
  return field.replace(/\\(.)/g, '$1');
}
