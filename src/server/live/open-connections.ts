/** The sessions that are open: at most one a target, made on first need with the password that the client keeps. */
import type { Logger } from '../../base/logger.ts';
import type { PostgresTarget } from '../../database/connection-url.ts';
import { LiveConnection } from '../../database/live/live-connection.ts';

export interface OpenConnectionsPorts {
  readonly logger: Logger;
  readonly askPassword: (connectionId: string) => Promise<string | null>;
}

export class OpenConnections {
  readonly #ports: OpenConnectionsPorts;
  readonly #open = new Map<string, Promise<LiveConnection>>();

  constructor(ports: OpenConnectionsPorts) {
    this.#ports = ports;
  }

  /** Not connected yet: that happens with the first question. A stored password outranks the one in the URL. */
  get(id: string, target: PostgresTarget): Promise<LiveConnection> {
    const known = this.#open.get(id);
    if (known !== undefined) return known;
    const made = this.#ports
      .askPassword(id)
      .then(stored => new LiveConnection({ ...target, password: stored ?? target.password }));
    made.catch(() => this.#open.delete(id));
    this.#open.set(id, made);
    return made;
  }

  /** Process ids of our sessions, which no view lists. */
  async pids(): Promise<readonly number[]> {
    const connections = await Promise.all([...this.#open.values()].map(one => one.catch(() => null)));
    return connections.flatMap(connection => connection?.pid ?? []);
  }

  /** The next question opens a new session, with the password as it is then. */
  async close(id: string): Promise<void> {
    const connection = this.#open.get(id);
    this.#open.delete(id);
    await (await connection?.catch(() => null))?.dispose();
  }

  async closeAll(except: string | null): Promise<void> {
    const ids = [...this.#open.keys()].filter(id => id !== except);
    await Promise.all(ids.map(id => this.close(id)));
  }
}
