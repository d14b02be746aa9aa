/** The admin console of a PgBouncer, over one session: SHOW commands only, which change nothing. */
import type { PostgresTarget } from '../connection-url.ts';
import { defaultLimits, type SessionLimits } from '../live/client-settings.ts';
import { KeptSession } from '../live/kept-session.ts';
import type { BouncerReport } from './bouncer-report.ts';
import { consoleDatabase } from './console-target.ts';
import { type ConsoleRow, readReport, versionOf } from './read-report.ts';

const manyDatabases = 1000;
const listedForMs = 4000;

export class BouncerConsole {
  readonly #session: KeptSession;
  #listed: { readonly rows: readonly ConsoleRow[]; readonly at: number } = { rows: [], at: 0 };

  /** The target's own database is passed over: the console has a name of its own. */
  constructor(target: PostgresTarget, limits: Partial<SessionLimits> = {}) {
    this.#session = new KeptSession(
      { ...target, database: consoleDatabase },
      { limits: { ...defaultLimits, ...limits } },
    );
  }

  /** The figures of one moment; of more than a thousand databases their settings up to four seconds old. Throws DatabaseError. */
  async observe(signal?: AbortSignal): Promise<BouncerReport> {
    // The console takes one command at a time. All in a row, so that they speak of one moment as nearly as they can.
    const show = (what: string) => this.#show(what, signal);
    const pools = await show('POOLS');
    const servers = await show('SERVERS');
    const clients = await show('CLIENTS');
    const databases = await this.#databases(() => show('DATABASES'));
    const stats = await show('STATS');
    const config = await show('CONFIG');
    const version = await show('VERSION');
    // An older console closes the session on a command that it does not know.
    const state = tellsState(versionOf(version)) ? await show('STATE') : [];
    const answers = { version, pools, stats, servers, clients, databases, config, state };
    const age = databases.length > manyDatabases ? listedForMs / 1000 : 0;
    return readReport(answers, new Date().toISOString(), age);
  }

  /** A long list of them is written by hand, and costs the console more than all else: it is asked for at times. */
  async #databases(show: () => Promise<readonly ConsoleRow[]>): Promise<readonly ConsoleRow[]> {
    const { rows, at } = this.#listed;
    if (rows.length > manyDatabases && performance.now() - at < listedForMs) return rows;
    this.#listed = { rows: await show(), at: performance.now() };
    return this.#listed.rows;
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
