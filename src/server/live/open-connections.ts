/**
 * The sessions that are open, made on first need with the password that the client keeps: for each connection one for
 * the monitor, one for checks, so that neither waits for the other, and one for a PgBouncer's console.
 */
import { BouncerConsole } from '../../database/bouncer/bouncer-console.ts';
import { LiveConnection } from '../../database/live/live-connection.ts';
import type { PostgresConnection } from './known-connections.ts';
import { Opened } from './opened.ts';
import { runPasswordCommand } from './password-command.ts';

export type SessionPurpose = 'monitor' | 'checks';

/** A view that knows nothing for five seconds has to say so: a monitor's question waits two, and one more for the answer. */
const limitsFor = { monitor: { statementTimeoutMs: 2000 }, checks: {} } as const;

export interface OpenConnectionsPorts {
  readonly askPassword: (connectionId: string) => Promise<string | null>;
}

export class OpenConnections {
  readonly #ports: OpenConnectionsPorts;
  readonly #live = { monitor: new Opened<LiveConnection>(), checks: new Opened<LiveConnection>() };
  readonly #consoles = new Opened<BouncerConsole>();

  constructor(ports: OpenConnectionsPorts) {
    this.#ports = ports;
  }

  /** Not connected yet: that happens with the first question. */
  live(connection: PostgresConnection, purpose: SessionPurpose): Promise<LiveConnection> {
    return this.#live[purpose].get(connection.id, async () => {
      const { target, password } = await this.#credentials(connection);
      return new LiveConnection(target, { ...limitsFor[purpose], password });
    });
  }

  console(connection: PostgresConnection): Promise<BouncerConsole> {
    return this.#consoles.get(connection.id, async () => {
      const { target, password } = await this.#credentials(connection);
      return new BouncerConsole(target, { password });
    });
  }

  /** Process ids of our sessions, which no view lists. */
  async pids(): Promise<readonly number[]> {
    const open = await Promise.all([this.#live.monitor.all(), this.#live.checks.all()]);
    return open.flat().flatMap(({ pid }) => pid ?? []);
  }

  /** The next question opens a new session, with the password as it is then. */
  async close(id: string): Promise<void> {
    const { monitor, checks } = this.#live;
    await Promise.all([monitor.close(id), checks.close(id), this.#consoles.close(id)]);
  }

  /** What nobody looks through any more. */
  async closeMonitors(): Promise<void> {
    await Promise.all([this.#live.monitor.closeAll(), this.#consoles.closeAll()]);
  }

  async closeAll(): Promise<void> {
    await Promise.all([this.closeMonitors(), this.#live.checks.closeAll()]);
  }

  /** A stored password outranks a command, and that the URL's. */
  async #credentials({ id, label, target, passwordCommand }: PostgresConnection) {
    const stored = await this.#ports.askPassword(id);
    if (stored !== null) return { target: { ...target, password: stored }, password: undefined };
    if (passwordCommand === null) return { target, password: undefined };
    return { target, password: () => runPasswordCommand(passwordCommand, label) };
  }
}
