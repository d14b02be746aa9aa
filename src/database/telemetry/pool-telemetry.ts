/**
 * What a process tells of its own pools, as the module that “Add Pool Telemetry” writes publishes it. The format is
 * public and described in the README; fields are only ever added. Pure.
 */
import { type PlainRecord, recordOf, textOf } from '../../base/record.ts';

export interface PoolTelemetry {
  /** 1. */
  readonly version: number;
  readonly process: TelemetryProcess;
  /** The process's clock, ISO 8601 in UTC. */
  readonly at: string;
  readonly pools: readonly TelemetryPool[];
}

export interface TelemetryProcess {
  readonly pid: number;
  /** What people call it, such as `uvicorn app.main:app`. */
  readonly program: string;
  /** The folder it was started in. */
  readonly folder: string | null;
}

export interface TelemetryPool {
  /** The variable or attribute that holds the engine, or any other name. */
  readonly name: string;
  /** As the server's sessions carry it; null where the engine sets none. */
  readonly applicationName: string | null;
  readonly target: TelemetryTarget;
  /** `QueuePool`, `AsyncAdaptedQueuePool`, … */
  readonly className: string;
  /** `pool_size` and `max_overflow`; null for a pool without a size, -1 for an overflow without limit. */
  readonly size: number | null;
  readonly maxOverflow: number | null;
  /** `pool_timeout`, in seconds. */
  readonly timeoutSeconds: number | null;
  readonly checkedIn: number;
  readonly checkedOut: number;
  /** Connections beyond `size`: `max(0, pool.overflow())`. */
  readonly overflow: number;
  /** Checkouts that wait for a connection at this moment; null where the pool cannot tell. */
  readonly waiting: number | null;
  /** Since the process started. */
  readonly totals: TelemetryTotals;
  /** Connections that are checked out, the longest held first; at most 50. */
  readonly checkouts: readonly TelemetryCheckout[];
}

export interface TelemetryTarget {
  readonly host: string | null;
  readonly port: number | null;
  readonly database: string | null;
  readonly user: string | null;
  readonly driver: string | null;
}

export interface TelemetryTotals {
  readonly checkouts: number;
  /** Checkouts that gave up after `pool_timeout`. */
  readonly timeouts: number;
  /** Connections opened and thrown away as broken. */
  readonly connects: number;
  readonly invalidations: number;
  /** What all checkouts together waited for a connection, in seconds. */
  readonly checkoutSeconds: number;
}

export interface TelemetryCheckout {
  /** The session's process id on the server, where the driver knows it and no pooler is between. */
  readonly serverPid: number | null;
  readonly heldSeconds: number;
  /** The code that took it: a path as Python has it, a line from one, a function; null where not recorded. */
  readonly place: TelemetryPlace | null;
}

export interface TelemetryPlace {
  readonly path: string;
  readonly line: number;
  readonly function: string;
}

const listedCheckouts = 50;

/** Null for what is no telemetry of this format. What is missing or wrong inside is zero, null or left out. */
export function readPoolTelemetry(text: string): PoolTelemetry | null {
  const raw = parsed(text);
  if (raw.version !== 1 || !Array.isArray(raw.pools)) return null;
  const process = recordOf(raw.process);
  return {
    version: 1,
    process: {
      pid: numberOf(process.pid) ?? 0,
      program: textOf(process.program) ?? '',
      folder: textOf(process.folder),
    },
    at: textOf(raw.at) ?? '',
    pools: raw.pools.map(pool => readPool(recordOf(pool))),
  };
}

function readPool(raw: PlainRecord): TelemetryPool {
  const target = recordOf(raw.target);
  const totals = recordOf(raw.totals);
  const checkouts = Array.isArray(raw.checkouts) ? raw.checkouts.slice(0, listedCheckouts) : [];
  return {
    name: textOf(raw.name) ?? 'engine',
    applicationName: textOf(raw.applicationName),
    target: {
      host: textOf(target.host),
      port: numberOf(target.port),
      database: textOf(target.database),
      user: textOf(target.user),
      driver: textOf(target.driver),
    },
    className: textOf(raw.className) ?? '',
    size: numberOf(raw.size),
    maxOverflow: numberOf(raw.maxOverflow),
    timeoutSeconds: numberOf(raw.timeoutSeconds),
    checkedIn: countOf(raw.checkedIn),
    checkedOut: countOf(raw.checkedOut),
    overflow: countOf(raw.overflow),
    waiting: numberOf(raw.waiting),
    totals: {
      checkouts: countOf(totals.checkouts),
      timeouts: countOf(totals.timeouts),
      connects: countOf(totals.connects),
      invalidations: countOf(totals.invalidations),
      checkoutSeconds: countOf(totals.checkoutSeconds),
    },
    checkouts: checkouts.map(checkout => readCheckout(recordOf(checkout))),
  };
}

function readCheckout(raw: PlainRecord): TelemetryCheckout {
  const place = recordOf(raw.place);
  const path = textOf(place.path);
  const line = numberOf(place.line);
  return {
    serverPid: numberOf(raw.serverPid),
    heldSeconds: countOf(raw.heldSeconds),
    place: path === null || line === null ? null : { path, line, function: textOf(place.function) ?? '' },
  };
}

function parsed(text: string): PlainRecord {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** SQLAlchemy's `overflow()` is negative while the pool is not full. */
function countOf(value: unknown): number {
  return Math.max(0, numberOf(value) ?? 0);
}
