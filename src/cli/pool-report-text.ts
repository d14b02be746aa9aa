/** One observation of pools as a table for a terminal. */
import type { PoolObservation, PoolReport } from '../database/pools.ts';

const header = [
  'application',
  'in use',
  'idle in tx',
  'idle',
  'lock waits',
  'sessions',
  'limit',
  'oldest tx',
];

export function poolReportText(report: PoolReport): string {
  const { server } = report;
  const title = `${report.at}  ${report.database}: ${server.used} of ${server.available} connections used (max_connections ${server.maxConnections}, ${server.ours} ours)`;
  const rows = [header, ...shownPools(report.pools).map(row)];
  const widths = header.map((_, column) => Math.max(...rows.map(cells => (cells[column] ?? '').length)));
  const lines = rows.map(cells =>
    cells
      .map((cell, column) => padded(cell, widths[column] ?? 0, column))
      .join('  ')
      .trimEnd(),
  );
  const warnings = [...server.warnings, ...report.pools.flatMap(pool => pool.warnings)].map(
    each => `! ${each.message}`,
  );
  return `${[title, ...lines, ...warnings].join('\n')}\n\n`;
}

/** A nameless engine without sessions says nothing beside others: mostly a variant for tests or another database. */
function shownPools(pools: readonly PoolObservation[]): readonly PoolObservation[] {
  const telling = pools.filter(pool => pool.application !== '' || pool.sessions > 0);
  return telling.length > 0 ? telling : pools;
}

function row(pool: PoolObservation): readonly string[] {
  return [
    pool.application === '' ? '(no application name)' : pool.application,
    String(pool.inUse),
    String(pool.idleInTransaction),
    String(pool.idle),
    String(pool.waitingForLock),
    String(pool.sessions),
    pool.limit === null ? '–' : String(pool.limit.total),
    pool.oldestTransaction === null ? '–' : `${pool.oldestTransaction.toFixed(1)} s`,
  ];
}

/** Names to the left, figures to the right. */
function padded(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
