/** Watches the pools of every PostgreSQL connection while somebody looks, and tells what changed as one snapshot. */
import type { BouncerReport } from '../../database/bouncer/bouncer-report.ts';
import type { PoolFigures, PoolsSnapshot, SessionLine } from '../../protocol/pools.ts';
import type { SessionReference } from '../../protocol/session-actions.ts';
import type { KnownConnection } from './known-connections.ts';
import { PoolHistory } from './pool-history.ts';
import { WatchedFile } from './watched-file.ts';
import { type WatchedPorts, WatchedServer } from './watched-server.ts';

const shortestIntervalMs = 250;
/** Connections of one workspace that are watched at once; a folder of projects may name many. */
const watchedConnections = 10;

export interface PoolsWatchPorts extends Omit<WatchedPorts, 'changed' | 'bouncers' | 'history'> {
  readonly changed: (snapshot: PoolsSnapshot) => void;
}

export class PoolsWatch {
  readonly #ports: PoolsWatchPorts;
  #intervalMs: number | null = null;
  #watched = new Map<string, WatchedServer | WatchedFile>();
  readonly #histories = new Map<string, PoolHistory>();

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
    for (const watched of this.#watched.values()) watched.stop();
    this.#watched = new Map();
  }

  /** For a changed list of connections: those that stay go on without a gap. */
  refresh(): void {
    if (this.#intervalMs === null) return;
    const intervalMs = this.#intervalMs;
    const { desk } = this.#ports;
    const connections = [...desk.watched(), ...desk.files()].slice(0, watchedConnections);
    const wanted = new Set(connections.map(({ id }) => id));
    for (const [id, watched] of this.#watched) if (!wanted.has(id)) watched.stop();
    const before = this.#watched;
    this.#watched = new Map();
    for (const connection of connections) {
      const watched = before.get(connection.id) ?? this.#watch(connection, intervalMs);
      if (watched !== null) this.#watched.set(connection.id, watched);
    }
    for (const watched of this.#watched.values()) if (!before.has(watched.connection.id)) watched.start();
    this.#tell();
  }

  /** A new password: what failed for the old one begins anew. */
  restart(id: string): void {
    this.#watched.get(id)?.stop();
    this.#watched.delete(id);
    this.refresh();
  }

  /** Of the last hour, whoever looked. */
  past(id: string): readonly PoolFigures[] {
    return this.#histories.get(id)?.points ?? [];
  }

  /** As it was last seen; null where it was not. */
  sessionLine({ connection, pid, startedAt }: SessionReference): SessionLine | null {
    const reading = this.#watched.get(connection)?.reading;
    if (reading?.kind !== 'observed') return null;
    return reading.sessions.find(line => line.pid === pid && line.startedAt === startedAt) ?? null;
  }

  #watch(connection: KnownConnection, intervalMs: number): WatchedServer | WatchedFile | null {
    const { target } = connection;
    const changed = () => this.#tell();
    switch (target.kind) {
      case 'postgresql':
        return new WatchedServer({ ...connection, target }, intervalMs, {
          ...this.#ports,
          bouncers: () => this.#bouncers(),
          changed,
          history: this.#historyOf(connection.id),
        });
      case 'sqlite':
        return target.file === null ? null : new WatchedFile(connection, target.file, intervalMs, changed);
      case 'unsupported':
        return null;
    }
  }

  #bouncers(): readonly BouncerReport[] {
    return [...this.#watched.values()].flatMap(watched =>
      watched instanceof WatchedServer ? (watched.bouncer ?? []) : [],
    );
  }

  #historyOf(id: string): PoolHistory {
    const history = this.#histories.get(id) ?? new PoolHistory();
    this.#histories.set(id, history);
    return history;
  }

  #tell(): void {
    if (!this.watching) return;
    const { desk } = this.#ports;
    const connections = [...this.#watched.values()].map(({ connection, reading }) => ({
      id: connection.id,
      label: desk.labelOf(connection.id),
      marks: desk.find(connection.id)?.marks ?? connection.marks,
      observation: reading,
    }));
    this.#ports.changed({ connections });
  }
}
