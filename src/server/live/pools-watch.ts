/** Watches the pools of every PostgreSQL connection while somebody looks, and tells what changed. */
import type { BouncerReport } from '../../database/bouncer/bouncer-report.ts';
import type { PoolFigures, PoolReading } from '../../protocol/pools.ts';
import { type ConnectionNews, connectionNews, type PoolsNews } from '../../protocol/pools-news.ts';
import type { SessionReference } from '../../protocol/session-actions.ts';
import type { SessionLine } from '../../protocol/session-line.ts';
import type { KnownConnection } from './known-connections.ts';
import { PoolHistory } from './pool-history.ts';
import { WatchedFile } from './watched-file.ts';
import { type WatchedPorts, WatchedServer } from './watched-server.ts';

const shortestIntervalMs = 250;
/** Connections of one workspace that are watched at once; a folder of projects may name many. */
const watchedConnections = 10;

export interface PoolsWatchPorts extends Omit<WatchedPorts, 'changed' | 'bouncers' | 'history'> {
  readonly changed: (news: PoolsNews) => void;
}

type Watched = WatchedServer | WatchedFile;

export class PoolsWatch {
  readonly #ports: PoolsWatchPorts;
  #intervalMs: number | null = null;
  #watched = new Map<string, Watched>();
  readonly #histories = new Map<string, PoolHistory>();
  /** Of each connection, what the client was told last. */
  readonly #told = new Map<string, PoolReading>();

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
    const { desk } = this.#ports;
    for (const id of this.#histories.keys()) if (desk.find(id) === undefined) this.#histories.delete(id);
    if (this.#intervalMs === null) return;
    const intervalMs = this.#intervalMs;
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
    this.#told.clear();
    this.#tell([...this.#watched.values()]);
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

  #watch(connection: KnownConnection, intervalMs: number): Watched | null {
    const { target } = connection;
    const changed = () => {
      const watched = this.#watched.get(connection.id);
      if (watched !== undefined) this.#tell([watched]);
    };
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

  #tell(changed: readonly Watched[]): void {
    if (!this.watching) return;
    this.#ports.changed({
      order: [...this.#watched.keys()],
      changed: changed.map(watched => this.#newsOf(watched)),
    });
  }

  #newsOf({ connection: { id, marks }, reading }: Watched): ConnectionNews {
    const { desk } = this.#ports;
    const told = this.#told.get(id) ?? null;
    this.#told.set(id, reading);
    return connectionNews(told, {
      id,
      label: desk.labelOf(id),
      marks: desk.find(id)?.marks ?? marks,
      observation: reading,
    });
  }
}
