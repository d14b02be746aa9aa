/** Everything of the server that looks at running databases, behind one door: connections, pools, applied revisions. */
import { isDeepStrictEqual } from 'node:util';
import type { LiveConnection } from '../../database/live/live-connection.ts';
import { TelemetryReader } from '../../database/telemetry/telemetry-reader.ts';
import type { ConnectionList, ConnectionState } from '../../protocol/connections.ts';
import type { MigrationsSnapshot } from '../../protocol/migrations.ts';
import type { PoolFigures } from '../../protocol/pools.ts';
import type {
  QueryPlan,
  SessionEnd,
  SessionEndResult,
  SessionReference,
} from '../../protocol/session-actions.ts';
import { ConnectionDesk } from './connection-desk.ts';
import type { Surroundings } from './known-connections.ts';
import { MigrationsWatch } from './migrations-watch.ts';
import { PoolsWatch } from './pools-watch.ts';
import { type LiveFacts, type LivePorts, noLiveFacts } from './ports.ts';
import { endWatchedSession, explainWatchedSession } from './session-actions.ts';
import { surroundingConnections } from './surrounding-connections.ts';
import { TableSizesReading } from './table-sizes-reading.ts';

export interface LiveSurroundings extends Pick<Surroundings, 'environment'> {
  /** As they are at this moment. */
  readonly readServices: () => Surroundings['services'];
}

export class LiveServices {
  readonly #desk: ConnectionDesk;
  readonly #around: LiveSurroundings;
  #surroundings: Surroundings;
  readonly #pools: PoolsWatch;
  readonly #migrations: MigrationsWatch;
  #facts: LiveFacts = noLiveFacts;

  /** Nothing is connected to before `setTrusted(true)`. */
  constructor(ports: LivePorts, around: LiveSurroundings) {
    const { environment, readServices } = around;
    this.#around = around;
    this.#surroundings = { environment, services: readServices() };
    this.#desk = new ConnectionDesk(ports, () => this.#surroundings);
    this.#pools = new PoolsWatch({
      desk: this.#desk,
      telemetry: new TelemetryReader(() => ({
        environment,
        routes: this.#facts.telemetry,
      })),
      pools: () => this.#facts.pools,
      code: ports.code,
      changed: ports.poolsChanged,
      failed: () => this.#refreshServices(),
    });
    this.#migrations = new MigrationsWatch({
      desk: this.#desk,
      sizes: new TableSizesReading({
        open: id => this.#desk.open(id),
        isWanted: () => this.#facts.tableSizes,
        changed: ports.tableSizesRead,
      }),
      environments: () => this.#facts.environments,
      known: () => this.#desk.known,
      changed: ports.migrationsChanged,
    });
  }

  /** After each snapshot of the workspace. What did not change is not disturbed. */
  update(facts: LiveFacts): void {
    this.#facts = facts;
    const found = [...facts.connections, ...surroundingConnections(this.#surroundings)];
    const changed = this.#desk.update(found, facts.checkConnection);
    this.#pools.refresh();
    this.#migrations.refresh();
    for (const id of changed) void this.passwordChanged(id);
  }

  setTrusted(trusted: boolean): void {
    this.#desk.setTrusted(trusted);
    this.#pools.refresh();
    this.#migrations.refresh();
  }

  connections(): ConnectionList {
    return { connections: this.#desk.list() };
  }

  /** Connects once. A connection that answers is watched from then on. */
  async test(id: string): Promise<ConnectionState> {
    this.#refreshServices();
    const state = await this.#desk.testAnew(id);
    this.#pools.refresh();
    return state;
  }

  async passwordChanged(id: string): Promise<void> {
    await this.#desk.passwordChanged(id);
    this.#pools.restart(id);
    this.#migrations.forgetFailures(id);
  }

  watchPools(intervalMs: number): void {
    this.#refreshServices();
    this.#pools.begin(intervalMs);
  }

  unwatchPools(): void {
    this.#pools.end();
    this.#releaseIfUnwatched();
  }

  pastFigures(id: string): readonly PoolFigures[] {
    return this.#pools.past(id);
  }

  /** At a user's word, who was asked. */
  endSession(end: SessionEnd): Promise<SessionEndResult> {
    return endWatchedSession(this.#desk, end);
  }

  explainSession(session: SessionReference): Promise<QueryPlan> {
    return explainWatchedSession(this.#desk, this.#pools.sessionLine(session), session);
  }

  watchMigrations(): void {
    this.#migrations.begin();
  }

  unwatchMigrations(): void {
    this.#migrations.end();
    this.#releaseIfUnwatched();
  }

  /** Reads version tables anew. */
  migrations(): Promise<MigrationsSnapshot> {
    return this.#migrations.read();
  }

  /** The session that judges SQL where `schema` is `database`. Throws DatabaseError. */
  openForChecks(id: string): Promise<LiveConnection> {
    return this.#desk.open(id, 'checks');
  }

  /** For one question: given back afterwards, unless somebody watches. Throws DatabaseError. */
  async openOnce(id: string): Promise<AsyncDisposable & { readonly connection: LiveConnection }> {
    const connection = await this.#desk.open(id);
    return { connection, [Symbol.asyncDispose]: async () => this.#releaseIfUnwatched() };
  }

  async dispose(): Promise<void> {
    this.#pools.end();
    this.#migrations.end();
    await this.#desk.release();
  }

  /** The file of services lies outside the workspace, where nothing tells of its changes. */
  #refreshServices(): void {
    const services = this.#around.readServices();
    if (isDeepStrictEqual(services, this.#surroundings.services)) return;
    this.#surroundings = { ...this.#surroundings, services };
    this.update(this.#facts);
  }

  /** Sessions that nobody looks through are given back; those of checks stay. */
  #releaseIfUnwatched(): void {
    if (this.#pools.watching || this.#migrations.watching) return;
    void this.#desk.releaseMonitors();
  }
}
