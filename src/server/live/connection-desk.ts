/**
 * The connections of the workspace with their state: the one place that tests them, opens them, and learns from the
 * monitors how they fare. In Restricted Mode it opens none.
 */

import { isDeepStrictEqual } from 'node:util';
import type { BouncerConsole } from '../../database/bouncer/bouncer-console.ts';
import { isConsole } from '../../database/bouncer/console-target.ts';
import type { DatabaseFailure } from '../../database/database-error.ts';
import { DatabaseError } from '../../database/database-error.ts';
import { distributionText } from '../../database/distribution.ts';
import type { LiveConnection } from '../../database/live/live-connection.ts';
import { testConnection } from '../../database/live/test-connection.ts';
import type { ConnectionInfo, ConnectionState } from '../../protocol/connections.ts';
import type { ServerCapacity } from '../../protocol/pools.ts';
import type { KnownConnection, PostgresConnection, Surroundings } from './known-connections.ts';
import { knownConnections, passwordOf } from './known-connections.ts';
import { OpenConnections, type SessionPurpose } from './open-connections.ts';
import type { FoundConnection, LivePorts } from './ports.ts';
import { testSqlite } from './test-sqlite.ts';

export interface Failure {
  readonly reason: DatabaseFailure;
  readonly message: string;
}

export class ConnectionDesk {
  readonly #ports: LivePorts;
  readonly #surroundings: () => Surroundings;
  readonly #open: OpenConnections;
  readonly #states = new Map<string, ConnectionState>();
  readonly #stored = new Set<string>();
  /** Whose password the client was asked for. */
  readonly #asked = new Set<string>();
  #known: readonly KnownConnection[] = [];
  #checkConnection: string | null = null;
  #trusted = false;
  #told = '';

  constructor(ports: LivePorts, surroundings: () => Surroundings) {
    this.#ports = ports;
    this.#surroundings = surroundings;
    this.#open = new OpenConnections(ports);
  }

  get trusted(): boolean {
    return this.#trusted;
  }

  get known(): readonly KnownConnection[] {
    return this.#known;
  }

  get surroundings(): Surroundings {
    return this.#surroundings();
  }

  setTrusted(trusted: boolean): void {
    this.#trusted = trusted;
    if (trusted) this.#askForStored();
  }

  /** Returns the connections that are reached in another way than before, such as with another password. */
  update(found: readonly FoundConnection[], checkConnection: string | null): readonly string[] {
    const before = new Map(this.#known.map(({ id, target }) => [id, target]));
    this.#known = knownConnections(found, this.#surroundings());
    this.#checkConnection = checkConnection;
    const ids = new Set(this.#known.map(({ id }) => id));
    for (const id of this.#states.keys()) {
      if (ids.has(id)) continue;
      this.#states.delete(id);
      void this.#open.close(id);
    }
    if (this.#trusted) this.#askForStored();
    this.#tell();
    return this.#known.flatMap(({ id, target }) => {
      const old = before.get(id);
      return old === undefined || isDeepStrictEqual(old, target) ? [] : [id];
    });
  }

  list(): readonly ConnectionInfo[] {
    return this.#known.map(connection => this.#info(connection));
  }

  /** What may be connected to now. */
  postgres(): readonly PostgresConnection[] {
    return this.#trusted ? this.#known.filter(isPostgres) : [];
  }

  /**
   * What monitors look at unasked: what settings and environment files name, and else what stands in alembic.ini and in
   * code, since that is often but a default that no server answers to. A test that succeeds adds its connection.
   */
  watched(): readonly PostgresConnection[] {
    const all = this.postgres();
    const configured = all.filter(({ origins }) =>
      origins.some(({ kind }) => kind === 'settings' || kind === 'environment-file'),
    );
    if (configured.length === 0) return all;
    return all.filter(one => configured.includes(one) || this.#states.get(one.id)?.kind === 'reachable');
  }

  /** SQLite files. In Restricted Mode none is looked at. */
  files(): readonly KnownConnection[] {
    if (!this.#trusted) return [];
    return this.#known.filter(({ target }) => target.kind === 'sqlite' && target.file !== null);
  }

  find(id: string): KnownConnection | undefined {
    return this.#known.find(connection => connection.id === id);
  }

  labelOf(id: string): string {
    return this.find(id)?.label ?? id;
  }

  /** Throws DatabaseError where there is no such PostgreSQL connection, or the workspace is not trusted. */
  async open(id: string, purpose: SessionPurpose = 'monitor'): Promise<LiveConnection> {
    return this.#open.live(this.#openable(id), purpose);
  }

  /** The admin console of a PgBouncer. Throws as `open` does. */
  async openConsole(id: string): Promise<BouncerConsole> {
    return this.#open.console(this.#openable(id));
  }

  #openable(id: string): PostgresConnection {
    const connection = this.postgres().find(one => one.id === id);
    if (connection !== undefined) return connection;
    const reason = this.#trusted
      ? 'It is not known any more.'
      : 'Nothing is connected to in Restricted Mode.';
    throw new DatabaseError('unsupported', `${this.labelOf(id)} cannot be opened. ${reason}`);
  }

  ownPids(): Promise<readonly number[]> {
    return this.#open.pids();
  }

  /** At a user's word. A password that was refused is sent again then: it may be the server that was corrected. */
  async testAnew(id: string): Promise<ConnectionState> {
    if (this.#states.get(id)?.kind === 'needs-password') await this.#open.close(id);
    return this.test(id);
  }

  async test(id: string): Promise<ConnectionState> {
    const connection = this.find(id);
    if (connection === undefined)
      return { kind: 'unsupported', message: 'This connection is not known any more.' };
    if (!this.#trusted)
      return { kind: 'unsupported', message: 'Nothing is connected to in Restricted Mode.' };
    if (this.#states.get(id)?.kind !== 'unreachable') this.#setState(id, { kind: 'testing' });
    const state = await this.#testTarget(connection);
    this.#setState(id, state);
    return state;
  }

  async passwordChanged(id: string): Promise<void> {
    await this.#open.close(id);
    this.#states.delete(id);
    await this.#askOneForStored(id);
    this.#tell();
  }

  /**
   * From a monitor. The first success tells that the server is there; what it is, a test tells. A standby may take over
   * without a session lost: the role follows where the monitor has seen it.
   */
  noteSuccess(id: string, role: ServerCapacity['role'] | null = null): void {
    const state = this.#states.get(id);
    if (state?.kind !== 'reachable') {
      if (state?.kind !== 'testing') void this.test(id);
    } else if (role !== null && role !== state.role) this.#setState(id, { ...state, role });
  }

  noteFailure(id: string, failure: Failure): void {
    this.#setState(id, this.#failed(id, failure));
  }

  /** Nobody looks any more: only the sessions of checks stay. */
  releaseMonitors(): Promise<void> {
    return this.#open.closeMonitors();
  }

  release(): Promise<void> {
    return this.#open.closeAll();
  }

  async #testTarget(connection: KnownConnection): Promise<ConnectionState> {
    const { id, target } = connection;
    if (target.kind === 'unsupported') return { kind: 'unsupported', message: target.reason };
    if (target.kind === 'sqlite') return testSqlite(target.file);
    try {
      return isConsole(target) ? await this.#testConsole(id) : await this.#testServer(id);
    } catch (error) {
      return this.#failed(
        id,
        error instanceof DatabaseError ? error : { reason: 'query', message: String(error) },
      );
    }
  }

  async #testServer(id: string): Promise<ConnectionState> {
    const report = await testConnection(await this.open(id));
    return {
      kind: 'reachable',
      server: `${report.product} ${report.serverVersion}`,
      role: report.inRecovery ? 'standby' : 'primary',
      system: report.systemIdentifier,
      latencyMs: report.latencyMs,
      others: report.distribution.map(part => ({
        kind: part.kind,
        name: part.name,
        about: distributionText(part),
      })),
    };
  }

  async #testConsole(id: string): Promise<ConnectionState> {
    const console = await this.openConsole(id);
    const begin = performance.now();
    const { version } = await console.observe();
    const latencyMs = performance.now() - begin;
    return {
      kind: 'reachable',
      server: `PgBouncer ${version}`,
      role: 'primary',
      system: null,
      latencyMs,
      others: [],
    };
  }

  /** A sentence for users; the server's own cannot know that there was no password to refuse. */
  failureText(id: string, { reason, message }: Failure): string {
    const connection = this.find(id);
    if (reason !== 'password' || connection === undefined) return message;
    const given = this.#stored.has(id) || passwordOf(connection.target) !== null;
    if (given || connection.passwordCommand !== null) return message;
    return `${connection.label} wants a password. Use Set Password… on it in the Connections view.`;
  }

  #failed(id: string, failure: Failure): ConnectionState {
    const { reason } = failure;
    const message = this.failureText(id, failure);
    if (reason === 'password') return { kind: 'needs-password', message };
    const before = this.#states.get(id);
    const since = before?.kind === 'unreachable' ? before.since : Date.now();
    return { kind: 'unreachable', reason, message, since };
  }

  #setState(id: string, state: ConnectionState): void {
    if (this.find(id) === undefined) return;
    this.#states.set(id, state);
    this.#tell();
  }

  #info(connection: KnownConnection): ConnectionInfo {
    const { id, label, url, target, origins, settingsUrls, marks } = connection;
    const fixed: ConnectionState | null =
      target.kind === 'unsupported' ? { kind: 'unsupported', message: target.reason } : null;
    return {
      id,
      label,
      url,
      dialect: target.kind === 'unsupported' ? 'other' : target.kind,
      origins,
      settingsUrls,
      password: this.#stored.has(id) ? 'stored' : passwordOf(target) === null ? 'none' : 'origin',
      state: fixed ?? this.#states.get(id) ?? { kind: 'untested' },
      usedForChecks: this.#checkConnection === id,
      marks,
    };
  }

  #askForStored(): void {
    const added = this.#known.filter(isPostgres).filter(({ id }) => !this.#asked.has(id));
    for (const { id } of added) this.#asked.add(id);
    void Promise.all(added.map(({ id }) => this.#askOneForStored(id))).then(() => this.#tell());
  }

  async #askOneForStored(id: string): Promise<void> {
    const password = await this.#ports.askPassword(id).catch(() => null);
    if (password === null) this.#stored.delete(id);
    else this.#stored.add(id);
  }

  #tell(): void {
    const connections = this.list();
    const text = JSON.stringify(connections);
    if (text === this.#told) return;
    this.#told = text;
    this.#ports.connectionsChanged(connections);
  }
}

function isPostgres(connection: KnownConnection): connection is PostgresConnection {
  return connection.target.kind === 'postgresql';
}
