/** One connection under watch: its monitor, its newest reading, its history and what happened. */
import type { Activity } from '../../database/activity.ts';
import { bouncerFigures } from '../../database/bouncer/bouncer-figures.ts';
import type { BouncerReport } from '../../database/bouncer/bouncer-report.ts';
import { isConsole } from '../../database/bouncer/console-target.ts';
import { ActivityReader } from '../../database/live/activity-reader.ts';
import { Monitor, type MonitorEvent } from '../../database/monitor.ts';
import { ownPools } from '../../database/own-pools.ts';
import { happenings, type ServerMoment } from '../../database/pool-events.ts';
import { momentFigures, momentRates } from '../../database/pool-figures.ts';
import type { PoolTelemetry } from '../../database/telemetry/pool-telemetry.ts';
import type { TelemetryReader } from '../../database/telemetry/telemetry-reader.ts';
import type { PoolEvent, PoolReading, ServerCapacity } from '../../protocol/pools.ts';
import { bouncerReading } from './bouncer-reading.ts';
import type { ConnectionDesk } from './connection-desk.ts';
import { type NewEvent, withEvents } from './event-list.ts';
import type { PostgresConnection } from './known-connections.ts';
import type { PoolHistory } from './pool-history.ts';
import { poolReading } from './pool-reading.ts';
import type { CodePort, FoundPool } from './ports.ts';
import { SessionLines } from './session-lines.ts';

export interface WatchedPorts {
  readonly desk: ConnectionDesk;
  readonly telemetry: TelemetryReader;
  readonly pools: () => readonly FoundPool[];
  readonly code: CodePort;
  /** Of the PgBouncers that are watched too. */
  readonly bouncers: () => readonly BouncerReport[];
  readonly changed: () => void;
  /** What a connection is made of may have been mended meanwhile. */
  readonly failed: () => void;
  /** Outlives the watch. */
  readonly history: PoolHistory;
}

type Observation =
  | { readonly kind: 'server'; readonly activity: Activity; readonly telemetry: readonly PoolTelemetry[] }
  | { readonly kind: 'bouncer'; readonly report: BouncerReport };

export class WatchedServer {
  readonly connection: PostgresConnection;
  readonly #ports: WatchedPorts;
  readonly #monitor: Monitor<Observation>;
  readonly #lines: SessionLines;
  #reading: PoolReading = { kind: 'waiting' };
  #before: ServerMoment | null = null;
  #events: readonly PoolEvent[] = [];
  #bouncer: BouncerReport | null = null;

  constructor(connection: PostgresConnection, intervalMs: number, ports: WatchedPorts) {
    this.connection = connection;
    this.#ports = ports;
    this.#lines = new SessionLines(ports.code);
    const read = isConsole(connection.target) ? this.#consoleReader() : this.#serverReader();
    this.#monitor = new Monitor({ intervalMs, read });
  }

  get reading(): PoolReading {
    return this.#reading;
  }

  /** Null where it is no PgBouncer, or does not answer. */
  get bouncer(): BouncerReport | null {
    return this.#bouncer;
  }

  start(): void {
    this.#monitor.listen(event => this.#note(event));
  }

  stop(): void {
    this.#monitor.dispose();
  }

  #serverReader(): (signal: AbortSignal) => Promise<Observation> {
    const { desk, telemetry } = this.#ports;
    let reader: { readonly live: unknown; readonly activity: ActivityReader } | null = null;
    return async signal => {
      const live = await desk.open(this.connection.id);
      // Another session may be with another server, which has other parts.
      if (reader?.live !== live) reader = { live, activity: new ActivityReader(live) };
      const ownPids = await desk.ownPids();
      const [activity, told] = await Promise.all([reader.activity.read(ownPids, signal), telemetry.read()]);
      return { kind: 'server', activity, telemetry: told };
    };
  }

  #consoleReader(): (signal: AbortSignal) => Promise<Observation> {
    return async signal => {
      const console = await this.#ports.desk.openConsole(this.connection.id);
      return { kind: 'bouncer', report: await console.observe(signal) };
    };
  }

  #note(event: MonitorEvent<Observation>): void {
    const { desk } = this.#ports;
    const { id } = this.connection;
    if (event.kind === 'failure') {
      this.#noteFailure(event);
      desk.noteFailure(id, event);
      this.#ports.failed();
    } else {
      this.#noteObservation(event.observation);
      desk.noteSuccess(id, roleSeen(event.observation, this.#reading));
    }
    this.#ports.changed();
  }

  #noteFailure(event: Extract<MonitorEvent<Observation>, { readonly kind: 'failure' }>): void {
    const message = this.#ports.desk.failureText(this.connection.id, event);
    if (this.#reading.kind !== 'failed' && this.#reading.kind !== 'waiting')
      this.#addEvents([{ kind: 'lost', message, advice: 'It is tried again by itself.' }]);
    this.#bouncer = null;
    this.#reading = {
      kind: 'failed',
      message,
      since: event.since,
      needsPassword: event.reason === 'password',
    };
  }

  #noteObservation(observation: Observation): void {
    if (this.#reading.kind === 'failed')
      this.#addEvents([{ kind: 'back', message: 'The server answers again.', advice: '' }]);
    if (observation.kind === 'bouncer') {
      const figures = bouncerFigures(this.#bouncer, observation.report);
      const reading = bouncerReading(observation.report, figures, Date.now());
      this.#ports.history.add(reading.figures);
      this.#bouncer = observation.report;
      this.#reading = reading;
      return;
    }
    const observed = { ...observation, pools: this.#ports.pools() };
    const report = ownPools(observed.activity, observed.pools, observed.telemetry);
    const moment: ServerMoment = { activity: observation.activity, report };
    const figures = { at: Date.now(), ...momentFigures(this.#before, moment) };
    this.#ports.history.add(figures);
    const rates = momentRates(this.#before, moment);
    this.#addEvents(happenings(this.#before, moment));
    this.#before = moment;
    this.#reading = {
      ...poolReading(observed, report, this.#lines, this.#ports.bouncers()),
      rates,
      figures,
      events: this.#events,
    };
  }

  #addEvents(events: readonly NewEvent[]): void {
    if (events.length > 0) this.#events = withEvents(this.#events, events, Date.now());
  }
}

/** Null where the server does not tell, and of a PgBouncer. */
function roleSeen(observation: Observation, reading: PoolReading): ServerCapacity['role'] | null {
  const isTold = observation.kind === 'server' && !observation.activity.unavailable.includes('recovery');
  return isTold && reading.kind === 'observed' ? reading.capacity.role : null;
}
