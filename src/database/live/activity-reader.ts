/**
 * Reads one server's activity again and again, and remembers which parts of it the server does not have: other databases
 * that speak PostgreSQL's protocol lack some views, and an administrator may have closed others.
 */
import type { Activity } from '../activity.ts';
import { type AskedPart, askedParts } from './activity-query.ts';
import type { LiveConnection } from './live-connection.ts';
import { readActivity } from './read-activity.ts';
import { ServerComplaint } from './server-complaint.ts';
import { SessionTexts } from './session-texts.ts';

export class ActivityReader {
  readonly #connection: LiveConnection;
  readonly #texts = new SessionTexts();
  #without: readonly AskedPart[] = [];

  constructor(connection: LiveConnection) {
    this.#connection = connection;
  }

  /** See `readActivity`. Throws DatabaseError. */
  async read(ownPids: readonly number[] = [], signal?: AbortSignal): Promise<Activity> {
    const read = (without: readonly AskedPart[]) =>
      readActivity(this.#connection, { ownPids, signal, without, texts: this.#texts });
    try {
      return await read(this.#without);
    } catch (error) {
      if (!isAboutMissing(error) || this.#without.length > 0) throw error;
    }
    // Where even the rest is missing no part is to blame.
    await read(askedParts);
    this.#without = await missingParts(read);
    return read(this.#without);
  }
}

/** Each part alone. */
async function missingParts(
  read: (without: readonly AskedPart[]) => Promise<Activity>,
): Promise<readonly AskedPart[]> {
  const missing: AskedPart[] = [];
  for (const part of askedParts) {
    try {
      await read(askedParts.filter(other => other !== part));
    } catch (error) {
      if (!isAboutMissing(error)) throw error;
      missing.push(part);
    }
  }
  return missing;
}

function isAboutMissing(error: unknown): boolean {
  return error instanceof ServerComplaint && error.isAboutMissing;
}
