/** The states that the pools' panel can be in, one of each kind: to look at, and to hold against the rules of accessibility. */
import { type ConnectionMarks, noMarks } from '../../protocol/connections.ts';
import type { PoolsPanelData } from '../../protocol/panels.ts';
import type { PoolConnection, PoolFigures, PoolReading } from '../../protocol/pools.ts';
import { wholeNews } from '../../protocol/pools-news.ts';
import { bouncer, busy, hostile, now, quiet, sqlite } from './panel-readings.ts';

/** By name; null before anything was told. */
export function panelStates(): Readonly<Record<string, PoolsPanelData | null>> {
  return {
    opened: null,
    'no-connection': data([]),
    connecting: data([connection({ kind: 'waiting' })]),
    refused: data([failed('127.0.0.1:5432/shop refused the password of app. Correct it.', true)]),
    frozen: data([
      failed('127.0.0.1:5432/shop did not answer within 4 s. Is the server overloaded, or the network down?'),
    ]),
    quiet: data([connection(quiet)]),
    busy: data([connection(busy, { group: 'Production', color: 'red', protected: true }), other]),
    hostile: data([connection(hostile)]),
    bouncer: data([connection(bouncer)]),
    'quiet-bouncer': data([
      connection({ ...bouncer, pools: [], applications: [], limit: null, unlistedPools: 0 }),
    ]),
    sqlite: data([connection(sqlite)]),
  };
}

function data(connections: readonly PoolConnection[]): PoolsPanelData {
  const past = connections.map(({ id, observation }) => {
    return [id, pastOf(observation.kind === 'failed' ? busy : observation)] as const;
  });
  return { news: wholeNews({ connections }), past: Object.fromEntries(past), threshold: 0.8 };
}

/** Ten minutes, in which the figures go up and down. */
function pastOf(observation: PoolReading): readonly PoolFigures[] {
  if (observation.kind !== 'observed' && observation.kind !== 'bouncer') return [];
  const { figures } = observation;
  return Array.from({ length: 600 }, (_, second) => {
    const share = 0.5 + 0.5 * Math.sin(second / 40) ** 2;
    return {
      ...figures,
      at: figures.at - (600 - second) * 1000,
      inUse: Math.round(figures.inUse * share),
      waiting: Math.round(figures.waiting * share ** 4),
      transactionsPerSecond: figures.transactionsPerSecond && figures.transactionsPerSecond * share,
    };
  });
}

function connection(observation: PoolReading, marks: ConnectionMarks = noMarks): PoolConnection {
  return { id: 'shop', label: 'shop', marks, observation };
}

function failed(message: string, needsPassword = false): PoolConnection {
  return connection({ kind: 'failed', message, since: (now - 42) * 1000, needsPassword });
}

const other: PoolConnection = { id: 'o', label: 'billing', marks: noMarks, observation: { kind: 'waiting' } };
