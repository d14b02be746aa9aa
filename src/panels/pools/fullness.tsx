/** How full a pool is: a bar made of text, and the figures. */
import { barOf } from '../../base/text-bar.ts';

export interface FullnessProps {
  readonly inUse: number;
  readonly limit: number | null;
  /** The part of the limit, from 0 to 1, from which it is marked. */
  readonly threshold: number;
  /** How the limit came about. */
  readonly reason: string | null;
}

const cells = 10;

export function Fullness({ inUse, limit, threshold, reason }: FullnessProps) {
  if (limit === null) return <>{inUse}</>;
  const share = inUse / Math.max(1, limit);
  const mark = share >= 1 ? 'error' : share >= threshold ? 'warning' : 'good';
  return (
    <span title={reason === null ? undefined : `Limit ${limit}: ${reason}`}>
      <span class={`bar ${mark}`} aria-hidden="true">
        {barOf(inUse, limit, cells)}
      </span>{' '}
      {inUse} / {limit}
    </span>
  );
}
