/** Which of the known connections an Alembic environment's marks come from. Pure. */
import type { KnownConnection, Surroundings } from './known-connections.ts';
import { connectionId } from './known-connections.ts';
import type { FoundEnvironment } from './ports.ts';

export type EnvironmentDatabase =
  | { readonly kind: 'connection'; readonly connection: KnownConnection }
  | { readonly kind: 'none'; readonly message: string };

/**
 * The URL of the configuration, where env.py takes that and no other. Else env.py asks the program's settings or the
 * environment, which environment files stand for; then the configuration's URL is what it falls back to.
 */
export function environmentDatabase(
  found: FoundEnvironment,
  known: readonly KnownConnection[],
  surroundings: Surroundings,
): EnvironmentDatabase {
  const supported = known.filter(({ target }) => target.kind !== 'unsupported');
  const own = found.url === null ? null : connectionId(found.url, found.folder, surroundings);
  const named = supported.find(({ id }) => id === own);
  const written = supported.find(({ origins }) => origins.some(({ kind }) => kind === 'environment-file'));
  const only = supported.length === 1 ? supported[0] : undefined;
  const chosen = found.urlIsFixed ? (named ?? written ?? only) : (written ?? named ?? only);
  if (chosen !== undefined) return { kind: 'connection', connection: chosen };
  return { kind: 'none', message: reasonFor(supported) };
}

function reasonFor(supported: readonly KnownConnection[]): string {
  if (supported.length === 0)
    return 'No database is known, so that nothing says which revisions are applied.';
  return 'Several databases are known, and reading env.py does not tell which one it uses. Name its URL in .env or alembic.ini.';
}
