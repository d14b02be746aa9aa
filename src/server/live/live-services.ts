/** Everything of the server that looks at running databases, behind one door: connections, pools, applied revisions. */
import type { Environment } from '../../database/connection-url.ts';
import type { LiveConnection } from '../../database/live/live-connection.ts';
import type { ConnectionList, ConnectionState } from '../../protocol/connections.ts';
import type { MigrationsSnapshot } from '../../protocol/migrations.ts';
import { ConnectionDesk } from './connection-desk.ts';
import { MigrationsWatch } from './migrations-watch.ts';
import { PoolsWatch } from './pools-watch.ts';
import type { LiveFacts, LivePorts } from './ports.ts';

const nothing: LiveFacts = { connections: [], pools: [], environments: [], checkConnection: null };

export class LiveServices {
  readonly #desk: ConnectionDesk;
  readonly #pools: PoolsWatch;
  readonly #migrations: MigrationsWatch;
  #facts: LiveFacts = nothing;

  /** `environment`: libpq's variables, for what URLs leave out. Nothing is connected to before `setTrusted(true)`. */
  constructor(ports: LivePorts, environment: Environment) {
    this.#desk = new ConnectionDesk(ports, environment);
    this.#pools = new PoolsWatch({
      desk: this.#desk,
      pools: () => this.#facts.pools,
      changed: ports.poolsChanged,
    });
    this.#migrations = new MigrationsWatch({
      desk: this.#desk,
      environments: () => this.#facts.environments,
      known: () => this.#desk.known,
      changed: ports.migrationsChanged,
    });
  }

  /** After each snapshot of the workspace. What did not change is not disturbed. */
  update(facts: LiveFacts): void {
    this.#facts = facts;
    const changed = this.#desk.update(facts.connections, facts.checkConnection);
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
    const state = await this.#desk.test(id);
    this.#pools.refresh();
    return state;
  }

  async passwordChanged(id: string): Promise<void> {
    await this.#desk.passwordChanged(id);
    this.#pools.restart(id);
    this.#migrations.forgetFailures(id);
  }

  watchPools(intervalMs: number): void {
    this.#pools.begin(intervalMs);
  }

  unwatchPools(): void {
    this.#pools.end();
    this.#releaseIfUnwatched();
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
    return this.#desk.open(id);
  }

  async dispose(): Promise<void> {
    this.#pools.end();
    this.#migrations.end();
    await this.#desk.release();
  }

  /** Sessions that nobody looks through are given back, but for the one that checks use. */
  #releaseIfUnwatched(): void {
    if (this.#pools.watching || this.#migrations.watching) return;
    void this.#desk.release(this.#facts.checkConnection);
  }
}
