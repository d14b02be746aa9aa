/** The rows of the graph with their lanes. Only those in sight are in the page, so that thousands stay fluid. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { writtenDay } from '../../base/written-time.ts';
import type { RevisionInfo } from '../../protocol/migrations.ts';
import type { LaneLine, LaneRow } from './lanes.ts';

interface RevisionsProps {
  readonly revisions: readonly RevisionInfo[];
  readonly lanes: readonly LaneRow[];
  readonly selected: string | null;
  readonly select: (id: string) => void;
  readonly open: (id: string) => void;
}

/** Pixels; the style sheet has the same. */
const rowHeight = 26;
const laneWidth = 14;
/** Rows beyond the edges of what is seen. */
const margin = 10;
/** More lanes than this are drawn over each other at the edge. */
const mostLanes = 16;

export function Revisions({ revisions, lanes, selected, select, open }: RevisionsProps) {
  const list = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  const position = revisions.findIndex(({ id }) => id === selected);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const measure = () => setSeen({ top: element.scrollTop, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (list.current !== null && position >= 0) scrollTo(list.current, position);
  }, [position]);
  const first = Math.max(0, Math.floor(seen.top / rowHeight) - margin);
  const last = Math.min(revisions.length, Math.ceil((seen.top + seen.height) / rowHeight) + margin);
  const width = widthOf(lanes.slice(first, last));
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(seen.height / rowHeight) - 1);
    const to = target(event.key, position, page, revisions.length);
    if (to !== null) select(revisions[to]?.id ?? '');
    else if (event.key === 'Enter' && selected !== null) open(selected);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={list}
      class="revisions"
      role="listbox"
      tabIndex={0}
      aria-label="Revisions, newest first"
      aria-activedescendant={position >= 0 ? rowId(position) : undefined}
      onScroll={event =>
        setSeen({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
      }
      onKeyDown={onKeyDown}
      onClick={event => withRevision(event.target, select)}
      onDblClick={event => withRevision(event.target, open)}
    >
      <div class="all" style={{ height: `${revisions.length * rowHeight}px` }}>
        <div class="seen" style={{ transform: `translateY(${first * rowHeight}px)` }}>
          {revisions.slice(first, last).map((revision, index) => (
            <Row
              key={revision.id}
              revision={revision}
              row={lanes[first + index]}
              above={lanes[first + index - 1]}
              position={first + index}
              count={revisions.length}
              width={width}
              selected={revision.id === selected}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** The row that was clicked. */
function withRevision(clicked: EventTarget | null, act: (id: string) => void): void {
  const row = clicked instanceof Element ? clicked.closest<HTMLElement>('[data-revision]') : null;
  if (row?.dataset.revision !== undefined) act(row.dataset.revision);
}

function rowId(position: number): string {
  return `revision-${position}`;
}

function scrollTo(element: HTMLElement, position: number): void {
  const top = position * rowHeight;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top + rowHeight > element.scrollTop + element.clientHeight)
    element.scrollTop = top + rowHeight - element.clientHeight;
}

/** Null for a key that moves nothing. */
function target(key: string, position: number, page: number, count: number): number | null {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: position + 1,
    ArrowUp: position - 1,
    PageDown: position + page,
    PageUp: position - page,
    Home: 0,
    End: count - 1,
  };
  const to = moves[key];
  return to === undefined || count === 0 ? null : Math.min(Math.max(to, 0), count - 1);
}

function widthOf(rows: readonly LaneRow[]): number {
  const lanes = rows.flatMap(({ lane, lines }) => [lane, ...lines.flatMap(({ from, to }) => [from, to])]);
  return (Math.min(Math.max(0, ...lanes), mostLanes) + 1) * laneWidth + 4;
}

interface RowProps {
  readonly revision: RevisionInfo;
  readonly row: LaneRow | undefined;
  readonly above: LaneRow | undefined;
  readonly position: number;
  readonly count: number;
  readonly width: number;
  readonly selected: boolean;
}

function Row({ revision, row, above, position, count, width, selected }: RowProps) {
  const { id, message, state, summary, created } = revision;
  const marks = marksOf(revision);
  return (
    <div
      id={rowId(position)}
      class={`row ${state}${selected ? ' selected' : ''}`}
      role="option"
      aria-selected={selected}
      aria-setsize={count}
      aria-posinset={position + 1}
      aria-label={[message, id, state, ...marks, summary].filter(text => text !== '').join(', ')}
      data-revision={id}
      tabIndex={-1}
    >
      <svg class="lanes" width={width} height={rowHeight} aria-hidden="true">
        {above?.lines.map((line, index) => (
          <Line key={`above ${index}`} line={line} half="above" />
        ))}
        {row?.lines.map((line, index) => (
          <Line key={`below ${index}`} line={line} half="below" />
        ))}
        {row === undefined ? null : <Dot lane={row.lane} state={state} current={revision.current} />}
      </svg>
      <span class="message">{message || id}</span>
      {marks.map(mark => (
        <span key={mark} class={`mark ${mark}`}>
          {mark}
        </span>
      ))}
      <code class="id">{id}</code>
      <span class="summary">{summary}</span>
      <time class="date" title={created ?? ''}>
        {created === null ? '' : writtenDay(created)}
      </time>
    </div>
  );
}

export function marksOf({ current, head, down, branchPoint, branchLabels }: RevisionInfo): readonly string[] {
  return [
    ...(current ? ['current'] : []),
    ...(head ? ['head'] : []),
    ...(down.length > 1 ? ['merge'] : []),
    ...(branchPoint ? ['branch'] : []),
    ...branchLabels,
  ];
}

function middleOf(lane: number): number {
  return Math.min(lane, mostLanes) * laneWidth + laneWidth / 2 + 2;
}

/** Each line is drawn in halves, one in each of the rows that it joins; it bends in the lower half of the upper row. */
function Line({ line, half }: { readonly line: LaneLine; readonly half: 'above' | 'below' }) {
  const [from, to] = [middleOf(line.from), middleOf(line.to)];
  const middle = rowHeight / 2;
  const path =
    half === 'above'
      ? `M${to} 0V${middle}`
      : `M${from} ${middle}C${from} ${rowHeight} ${to} ${middle} ${to} ${rowHeight}`;
  return <path class={`line lane-${line.to % 6}${line.dependency ? ' dependency' : ''}`} d={path} />;
}

interface DotProps {
  readonly lane: number;
  readonly state: RevisionInfo['state'];
  readonly current: boolean;
}

/** Applied is full, pending hollow: not told by colour alone. */
function Dot({ lane, state, current }: DotProps) {
  return (
    <circle
      class={`dot ${state} lane-${lane % 6}`}
      cx={middleOf(lane)}
      cy={rowHeight / 2}
      r={current ? 5.5 : 4}
    />
  );
}
