/** The charts of a server or a PgBouncer: in use, waiting, time to check out, transactions, the longest transaction. */
import { useMemo } from 'preact/hooks';
import { duration } from '../../base/clock-time.ts';
import type { PoolFigures } from '../../protocol/pools.ts';
import { Chart } from './chart.tsx';
import { chartColumns, type Figure, highest } from './figures.ts';

export interface ChartsProps {
  readonly points: readonly PoolFigures[];
  /** Of all pools together; null where one is not known. */
  readonly limit: number | null;
  readonly threshold: number;
  readonly of: 'server' | 'bouncer';
  /** Nothing is known of the present. */
  readonly ended?: boolean;
}

export function Charts({ points, limit, threshold, of, ended = false }: ChartsProps) {
  const now = ended ? undefined : points.at(-1);
  const shared = { points, ended };
  const share = now === undefined || limit === null ? 0 : now.inUse / Math.max(1, limit);
  const fullness = share >= 1 ? 'error' : share >= threshold ? 'warning' : null;
  return (
    <div class="charts">
      <One
        {...shared}
        figure="inUse"
        title={of === 'server' ? 'In use' : 'Server sessions in use'}
        color="--vscode-charts-blue"
        words={whole}
        limit={limit}
        mark={fullness}
      />
      <One
        {...shared}
        figure="waiting"
        title={of === 'server' ? 'Waiting' : 'Clients waiting'}
        color="--vscode-charts-orange"
        words={whole}
        mark={(now?.waiting ?? 0) > 0 ? 'warning' : null}
      />
      <One
        {...shared}
        figure="checkoutMs"
        untold={of === 'server' ? untoldCheckout : noWork}
        title={of === 'server' ? 'Time to check out' : 'Time to a server session'}
        color="--vscode-charts-purple"
        words={milliseconds}
      />
      <One
        {...shared}
        figure="transactionsPerSecond"
        title="Transactions"
        color="--vscode-charts-green"
        words={rate}
      />
      {of === 'server' ? (
        <One
          {...shared}
          figure="longestTransaction"
          title="Longest transaction"
          color="--vscode-charts-red"
          words={duration}
        />
      ) : null}
    </div>
  );
}

interface OneProps extends Required<Pick<ChartsProps, 'points' | 'ended'>> {
  readonly figure: Figure;
  readonly title: string;
  readonly color: string;
  readonly words: (value: number) => string;
  readonly limit?: number | null;
  readonly mark?: 'warning' | 'error' | null;
  /** Why nothing may be known for the whole hour. */
  readonly untold?: string;
}

function One({ points, ended, figure, title, color, words, limit = null, mark = null, untold }: OneProps) {
  const columns = useMemo(() => chartColumns(points, figure), [points, figure]);
  const value = ended ? null : (points.at(-1)?.[figure] ?? null);
  const most = highest(points, figure);
  // A rate is not known before there are two moments.
  const now = value === null ? '–' : words(value);
  const spoken =
    most === null
      ? `${title}: not told`
      : `${title}: now ${value === null ? 'not known' : now}${limit === null ? '' : ` of ${limit}`}, at most ${words(most)} within the last hour`;
  if (most === null && untold !== undefined) return <Untold title={title} reason={untold} />;
  const shown = limit === null || value === null ? now : `${now} / ${limit}`;
  return (
    <Chart
      title={title}
      now={shown}
      spoken={spoken}
      columns={columns}
      color={color}
      limit={limit}
      mark={mark}
    />
  );
}

function Untold({ title, reason }: { readonly title: string; readonly reason: string }) {
  return (
    <figure class="chart">
      <figcaption class="quiet">{title}</figcaption>
      <p class="quiet untold">{reason}</p>
    </figure>
  );
}

const untoldCheckout = 'Only the application knows. The command “Add Pool Telemetry…” has it tell.';
const noWork = 'No transaction since you began to look.';
const whole = (value: number) => String(value);
const milliseconds = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
const rate = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} /s`;
