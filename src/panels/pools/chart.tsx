/** One live chart over the last hour, in the colours of the editor's theme. */
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { clockTime } from '../../base/clock-time.ts';
import { useThemeChanges } from './theme.ts';

export interface ChartProps {
  readonly title: string;
  /** What is now, in words. */
  readonly now: string;
  /** What a screen reader says of the whole. */
  readonly spoken: string;
  readonly columns: [number[], (number | null)[]];
  /** A theme variable's name. */
  readonly color: string;
  /** Drawn as a line across; null for none. */
  readonly limit?: number | null;
  readonly mark?: 'warning' | 'error' | null;
}

const height = 96;
/** A chart that has just begun is not stretched over the whole width. */
const shortestSpan = 60;

export function Chart({ title, now, spoken, columns, color, limit = null, mark = null }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const theme = useThemeChanges();
  const newest = useRef({ columns, limit });
  newest.current = { columns, limit };

  // A changed theme makes the chart anew, in its colours.
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const made = new uPlot(
      optionsFor(element, color, () => newest.current.limit),
      newest.current.columns,
      element,
    );
    chart.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, [color, theme]);

  useEffect(() => chart.current?.setData(columns), [columns]);

  return (
    <figure class="chart">
      <figcaption>
        <span class="quiet">{title}</span>
        <strong class={mark ?? ''}>{now}</strong>
      </figcaption>
      <div ref={place} role="img" aria-label={spoken} />
    </figure>
  );
}

function optionsFor(element: HTMLElement, color: string, limit: () => number | null): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const variable = (name: string) => style.getPropertyValue(name).trim();
  const line = variable(color) || variable('--vscode-foreground');
  const quiet = variable('--vscode-descriptionForeground') || line;
  const guide =
    variable('--vscode-editorIndentGuide-background1') || variable('--vscode-panel-border') || quiet;
  const grid = `color-mix(in srgb, ${guide} 60%, transparent)`;
  const font = `10px ${style.getPropertyValue('--vscode-font-family') || 'sans-serif'}`;
  const axis = { stroke: quiet, font, ticks: { show: false }, grid: { stroke: grid, width: 1 } };
  return {
    width: Math.max(120, element.clientWidth),
    height,
    // A time at the end of the axis stands half beyond it.
    padding: [6, 16, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { show: false } },
    scales: {
      x: {
        time: true,
        range: (chart, first, last) => {
          // uPlot takes a lone point for the beginning of a day.
          const end = chart.data[0].length === 1 ? first : last;
          return [Math.min(first, end - shortestSpan), end];
        },
      },
      // The limit belongs to the picture, so that a half-empty pool looks half-empty.
      y: { range: (_, __, highest) => [0, Math.max(1, highest ?? 1, limit() ?? 0) * 1.05] },
    },
    axes: [
      { ...axis, size: 20, space: 70, values: (_, times) => times.map(timeLabel) },
      { ...axis, size: 36, space: 28 },
    ],
    series: [
      {},
      {
        stroke: line,
        width: 1.5,
        fill: `color-mix(in srgb, ${line} 15%, transparent)`,
        points: { show: false },
      },
    ],
    hooks: { draw: [chart => drawLimit(chart, limit(), quiet)] },
  };
}

/** `18:04` on the minute, `:30` between. */
function timeLabel(seconds: number): string {
  const time = clockTime(seconds * 1000);
  return time.endsWith(':00') ? time.slice(0, -3) : time.slice(-3);
}

function drawLimit(chart: uPlot, limit: number | null, color: string): void {
  if (limit === null) return;
  const y = Math.round(chart.valToPos(limit, 'y', true));
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.setLineDash([4, 4]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}
