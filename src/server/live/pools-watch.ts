/** Observes the pools of every PostgreSQL connection while the view is visible, and tells what changed as one snapshot. */
import type { Activity } from '../../database/activity.ts';
import { readActivity } from '../../database/live/read-activity.ts';
import { Monitor, type MonitorEvent } from '../../database/monitor.ts';
import type { PoolReading, PoolsSnapshot } from '../../protocol/pools.ts';
import type { ConnectionDesk } from './connection-desk.ts';
import type { PostgresConnection } from './known-connections.ts';
import { poolReading } from './pool-reading.ts';
import type { FoundPool } from './ports.ts';

const shortestIntervalMs = 250;
/** Connections of one workspace that are watched at once; a folder of projects may name many. */
const watchedConnections = 8;

export interface PoolsWatchPorts {
  readonly desk: ConnectionDesk;
  readonly pools: () => readonly FoundPool[];
  readonly changed: (snapshot: PoolsSnapshot) => void;
}

interface Watched {
  readonly connection: PostgresConnection;
  readonly stop: () => void;
  reading: PoolReading;
}

export class PoolsWatch {
  readonly #ports: PoolsWatchPorts;
  #intervalMs: number | null = null;
  #watched = new Map<string, Watched>();

  constructor(ports: PoolsWatchPorts) {
    this.#ports = ports;
  }

  get watching(): boolean {
    return this.#intervalMs !== null;
  }

  /** Asked again for the interval that it has, it goes on without a gap. */
  begin(intervalMs: number): void {
    const wanted = Math.max(shortestIntervalMs, intervalMs);
    if (wanted !== this.#intervalMs) this.end();
    this.#intervalMs = wanted;
    this.refresh();
  }

  end(): void {
    this.#intervalMs = null;
    for (const { stop } of this.#watched.values()) stop();
    this.#watched = new Map();
  }

  /** For a changed list of connections: those that stay go on without a gap. */
  refresh(): void {
    if (this.#intervalMs === null) return;
    const intervalMs = this.#intervalMs;
    const connections = this.#ports.desk.watched().slice(0, watchedConnections);
    const wanted = new Set(connections.map(({ id }) => id));
    for (const [id, { stop }] of this.#watched) if (!wanted.has(id)) stop();
    this.#watched = new Map(
      connections.map(connection => [
        connection.id,
        this.#watched.get(connection.id) ?? this.#watch(connection, intervalMs),
      ]),
    );
    this.#tell();
  }

  /** A new password: what failed for the old one begins anew. */
  restart(id: string): void {
    this.#watched.get(id)?.stop();
    this.#watched.delete(id);
    this.refresh();
  }

  #watch(connection: PostgresConnection, intervalMs: number): Watched {
    const { desk } = this.#ports;
    const monitor = new Monitor({
      intervalMs,
      read: async signal => {
        const live = await desk.open(connection.id);
        return readActivity(live, await desk.ownPids(), signal);
      },
    });
    const watched: Watched = { connection, reading: { kind: 'waiting' }, stop: () => monitor.dispose() };
    monitor.listen(event => {
      watched.reading = this.#reading(connection.id, event);
      if (event.kind === 'observation') desk.noteSuccess(connection.id);
      else desk.noteFailure(connection.id, event);
      // A wrong password stays wrong, and asking again each second may lock the account.
      if (event.kind === 'failure' && event.reason === 'password') monitor.dispose();
      this.#tell();
    });
    return watched;
  }

  #reading(id: string, event: MonitorEvent<Activity>): PoolReading {
    if (event.kind === 'observation') return poolReading(event.observation, this.#ports.pools());
    return {
      kind: 'failed',
      message: this.#ports.desk.failureText(id, event),
      since: event.since,
      needsPassword: event.reason === 'password',
    };
  }

  #tell(): void {
    if (!this.watching) return;
    const connections = [...this.#watched.values()].map(({ connection, reading }) => ({
      id: connection.id,
      label: this.#ports.desk.labelOf(connection.id),
      observation: reading,
    }));
    this.#ports.changed({ connections });
  }
}
