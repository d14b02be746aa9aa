/** The admin console of a PgBouncer, over one session: SHOW commands only, which change nothing. */
import type pg from 'pg';
import type { PostgresTarget } from '../connection-url.ts';
import { defaultLimits, type SessionLimits } from '../live/client-settings.ts';
import { KeptSession } from '../live/kept-session.ts';
import type { BouncerReport } from './bouncer-report.ts';
import { consoleDatabase } from './console-target.ts';
import { type ConsoleRow, readReport, versionOf } from './read-report.ts';

const manyDatabases = 1000;
const listedForMs = 4000;

const shown = ['POOLS', 'SERVERS', 'CLIENTS', 'DATABASES', 'STATS', 'CONFIG', 'STATE'] as const;

export class BouncerConsole {
  readonly #session: KeptSession;
  /** Of the PgBouncer that the session is with. */
  #version: readonly ConsoleRow[] | null = null;
  #listed: { readonly rows: readonly ConsoleRow[]; readonly at: number } = { rows: [], at: 0 };

  /** The target's own database is passed over: the console has a name of its own. */
  constructor(target: PostgresTarget, limits: Partial<SessionLimits> = {}) {
    this.#session = new KeptSession(
      { ...target, database: consoleDatabase },
      {
        limits: { ...defaultLimits, ...limits },
        onLost: () => {
          this.#version = null;
        },
      },
    );
  }

  /**
   * The figures of one moment, in one round trip, and in one more for a session's first; of more than a thousand
   * databases their settings up to four seconds old. Throws DatabaseError.
   */
  async observe(signal?: AbortSignal): Promise<BouncerReport> {
    const { version, answers, at } = await this.#session.ask(client => this.#ask(client), signal);
    const databases = answers.DATABASES ?? this.#listed.rows;
    if (answers.DATABASES !== undefined) this.#listed = { rows: databases, at: performance.now() };
    const { POOLS = [], SERVERS = [], CLIENTS = [], STATS = [], CONFIG = [], STATE = [] } = answers;
    const read = { version, databases, pools: POOLS, servers: SERVERS, clients: CLIENTS, stats: STATS };
    const age = databases.length > manyDatabases ? listedForMs / 1000 : 0;
    return readReport({ ...read, config: CONFIG, state: STATE }, at, age);
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }

  /** The console takes no two commands in one text, but answers several that were sent at once, one after the other. */
  async #ask(client: pg.Client): Promise<Asked> {
    const version = this.#version ?? (await show(client, 'VERSION'));
    this.#version = version;
    const wanted = shown.filter(what => {
      // An older console closes the session on a command that it does not know.
      if (what === 'STATE') return tellsState(versionOf(version));
      return what !== 'DATABASES' || !this.#isListed();
    });
    const answers = await Promise.all(wanted.map(async what => [what, await show(client, what)] as const));
    return { version, answers: Object.fromEntries(answers), at: new Date().toISOString() };
  }

  /** A long list of databases is written by hand, and costs the console more than all else: it is asked for at times. */
  #isListed(): boolean {
    const { rows, at } = this.#listed;
    return rows.length > manyDatabases && performance.now() - at < listedForMs;
  }
}

interface Asked {
  readonly version: readonly ConsoleRow[];
  readonly answers: Partial<Readonly<Record<(typeof shown)[number], readonly ConsoleRow[]>>>;
  /** ISO 8601. */
  readonly at: string;
}

/** Everything as text: the console knows types of its own. */
async function show(client: pg.Client, what: string): Promise<readonly ConsoleRow[]> {
  const { rows } = await client.query<ConsoleRow>({ text: `SHOW ${what}`, types: asText });
  return rows;
}

const asText = { getTypeParser: () => String };

/** Since 1.19. */
function tellsState(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 1 || (major === 1 && minor >= 19);
}
