/** The pool that deserves a look first, and the words for it. Pure. */
import { barOf } from '../../base/text-bar.ts';
import type { PoolConnection, PoolLine } from '../../protocol/pools.ts';

export interface WorstPool {
  /** `shop-api ▮▮▯▯▯ 3/10`. */
  readonly short: string;
  readonly long: string;
  readonly severity: 'fine' | 'warning' | 'error';
}

/** Null where no pool is seen. Errors come first, then warnings, then the share of the limit that is in use. */
export function worstPool(connections: readonly PoolConnection[], threshold: number): WorstPool | null {
  const failed = connections.find(({ observation }) => observation.kind === 'failed');
  const pools = connections.flatMap(({ label, observation }) =>
    observation.kind === 'observed' ? observation.applications.map(line => ({ label, line })) : [],
  );
  const [worst] = pools.toSorted((a, b) => weight(b.line, threshold) - weight(a.line, threshold));
  if (failed?.observation.kind === 'failed') {
    const { message } = failed.observation;
    return { short: `${failed.label}: no figures`, long: message, severity: 'error' };
  }
  if (worst === undefined) return null;
  const { line, label } = worst;
  const figures =
    line.limit === null
      ? `${line.inUse} in use`
      : `${barOf(line.inUse, line.limit)} ${line.inUse}/${line.limit}`;
  const details = [
    `${line.application} on ${label}: ${line.inUse} in use${line.limit === null ? '' : ` of ${line.limit}`}, ${line.idle} idle.`,
    ...line.warnings.map(({ message }) => message),
  ];
  return {
    short: `${line.application} ${figures}`,
    long: details.join('\n'),
    severity: severityOf(line, threshold),
  };
}

function severityOf(line: PoolLine, threshold: number): WorstPool['severity'] {
  if (line.warnings.some(({ severity }) => severity === 'error')) return 'error';
  return line.warnings.length > 0 || shareOf(line) >= threshold ? 'warning' : 'fine';
}

function weight(line: PoolLine, threshold: number): number {
  const bySeverity = { fine: 0, warning: 10, error: 20 } as const;
  return bySeverity[severityOf(line, threshold)] + Math.min(9, shareOf(line));
}

function shareOf({ inUse, limit }: PoolLine): number {
  return limit === null ? 0 : inUse / Math.max(1, limit);
}
