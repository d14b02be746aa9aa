/** The admin console of a PgBouncer, over one session: SHOW commands only, which change nothing. */
import type { PostgresTarget } from '../connection-url.ts';
import { defaultLimits, type SessionLimits } from '../live/client-settings.ts';
import { KeptSession } from '../live/kept-session.ts';
import type { BouncerReport } from './bouncer-report.ts';
import { consoleDatabase } from './console-target.ts';
import { type ConsoleRow, readReport, versionOf } from './read-report.ts';

export class BouncerConsole {
  readonly #session: KeptSession;

  /** The target's own database is passed over: the console has a name of its own. */
  constructor(target: PostgresTarget, limits: Partial<SessionLimits> = {}) {
    this.#session = new KeptSession(
      { ...target, database: consoleDatabase },
      { limits: { ...defaultLimits, ...limits } },
    );
  }

  /** The figures of one moment. Throws DatabaseError. */
  async observe(signal?: AbortSignal): Promise<BouncerReport> {
    // The console takes one command at a time. All in a row, so that they speak of one moment as nearly as they can.
    const show = (what: string) => this.#show(what, signal);
    const pools = await show('POOLS');
    const servers = await show('SERVERS');
    const clients = await show('CLIENTS');
    const databases = await show('DATABASES');
    const stats = await show('STATS');
    const config = await show('CONFIG');
    const version = await show('VERSION');
    // An older console closes the session on a command that it does not know.
    const state = tellsState(versionOf(version)) ? await show('STATE') : [];
    const answers = { version, pools, stats, servers, clients, databases, config, state };
    return readReport(answers, new Date().toISOString());
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }

  /** Everything as text: the console knows types of its own. */
  async #show(what: string, signal?: AbortSignal): Promise<readonly ConsoleRow[]> {
    const text = { text: `SHOW ${what}`, types: { getTypeParser: () => String } };
    const { rows } = await this.#session.ask(client => client.query<ConsoleRow>(text), signal);
    return rows;
  }
}

/** Since 1.19. */
function tellsState(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 1 || (major === 1 && minor >= 19);
}
