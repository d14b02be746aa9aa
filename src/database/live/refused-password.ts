/**
 * A password that a server refused stays wrong, and sending it again may lock the account: another one is waited for, from
 * wherever it comes. Who has none to offer may still connect, since nothing is sent then.
 */
import type { PostgresTarget } from '../connection-url.ts';
import type { DatabaseError } from '../database-error.ts';
import { clientSettings, type SessionLimits } from './client-settings.ts';

export class RefusedPassword {
  #refused: { readonly offer: string; readonly failure: DatabaseError } | null = null;

  /** Before connecting: throws what was said the last time where the same would be sent again. */
  async admit(target: PostgresTarget, limits: SessionLimits): Promise<void> {
    if (this.#refused === null) return;
    if ((await offerOf(target, limits)) === this.#refused.offer) throw this.#refused.failure;
  }

  /** Of any failure to connect. */
  async note(failure: DatabaseError, target: PostgresTarget, limits: SessionLimits): Promise<void> {
    if (failure.sqlstate !== invalidPassword) return;
    const offer = await offerOf(target, limits);
    if (offer !== null) this.#refused = { offer, failure };
  }

  forget(): void {
    this.#refused = null;
  }
}

const invalidPassword = '28P01';

/** What would be sent to the hosts of the target, each of which may have a line of its own in a file; null for nothing. */
async function offerOf(target: PostgresTarget, limits: SessionLimits): Promise<string | null> {
  const settings = await clientSettings(target, limits).catch(() => []);
  const sources = [...new Set(settings.map(({ password }) => password))];
  const offered = sources.map(async source =>
    typeof source === 'function' ? await Promise.resolve(source()).catch(() => null) : (source ?? null),
  );
  const passwords = await Promise.all(offered);
  return passwords.every(password => password === null) ? null : JSON.stringify(passwords);
}
