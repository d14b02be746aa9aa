/** What `dbpatterns pool` observes: a server, a PgBouncer before it, and the processes that tell of their own pools. */

import { BouncerConsole } from '../database/bouncer/bouncer-console.ts';
import type { BouncerReport } from '../database/bouncer/bouncer-report.ts';
import { type PostgresTarget, readConnectionUrl } from '../database/connection-url.ts';
import { readServices } from '../database/libpq/read-services.ts';
import { ActivityReader } from '../database/live/activity-reader.ts';
import { LiveConnection } from '../database/live/live-connection.ts';
import { ownPools } from '../database/own-pools.ts';
import { observePools, type PoolDeclaration, type PoolReport } from '../database/pools.ts';
import type { PoolTelemetry } from '../database/telemetry/pool-telemetry.ts';
import { TelemetryReader } from '../database/telemetry/telemetry-reader.ts';
import type { CommandStreams } from './command.ts';
import { UsageError } from './usage-error.ts';

export interface PoolSourceOptions {
  readonly databaseUrl: string | undefined;
  readonly bouncerUrl: string | undefined;
  readonly telemetry: readonly string[];
}

/** Null for what was not asked. */
export interface PoolPicture {
  /** Of the database that was connected to. */
  readonly own: PoolReport | null;
  /** Of all databases of the server. */
  readonly report: PoolReport | null;
  readonly bouncer: BouncerReport | null;
  readonly telemetry: readonly PoolTelemetry[];
}

export interface PoolSources extends AsyncDisposable {
  /** Throws DatabaseError. */
  observe(declared: readonly PoolDeclaration[], signal: AbortSignal): Promise<PoolPicture>;
}

/** Nothing is connected to before the first observation. Throws UsageError. */
export function openPoolSources(
  { databaseUrl, bouncerUrl, telemetry }: PoolSourceOptions,
  { environment }: Pick<CommandStreams, 'environment'>,
): PoolSources {
  if (databaseUrl === undefined && bouncerUrl === undefined)
    throw new UsageError('Give --database-url, --bouncer-url, or set DATABASE_URL');
  const target = (url: string) => postgresTarget(url, environment);
  const live = databaseUrl === undefined ? null : new LiveConnection(target(databaseUrl));
  const reader = live === null ? null : new ActivityReader(live);
  const console = bouncerUrl === undefined ? null : new BouncerConsole(target(bouncerUrl));
  const processes = new TelemetryReader(() => ({ environment, routes: telemetry }));
  return {
    async observe(declared, signal) {
      const [activity, bouncer, told] = await Promise.all([
        reader?.read([], signal),
        console?.observe(signal),
        processes.read(),
      ]);
      return {
        own: activity === undefined ? null : ownPools(activity, declared, told),
        report: activity === undefined ? null : observePools(activity, declared, told),
        bouncer: bouncer ?? null,
        telemetry: told,
      };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([live?.dispose(), console?.dispose()]);
    },
  };
}

function postgresTarget(url: string, environment: CommandStreams['environment']): PostgresTarget {
  const target = readConnectionUrl(url, environment, readServices(environment));
  switch (target.kind) {
    case 'postgresql':
      return target;
    case 'sqlite':
      throw new UsageError('SQLite has no server: there are no sessions to show');
    case 'unsupported':
      throw new UsageError(target.reason.replace(/\.$/, ''));
  }
}
