/** The pools of a server: a line each, its warnings below. */
import { duration } from '../../base/clock-time.ts';
import type { PoolLine, ToldFigures } from '../../protocol/pools.ts';
import { Fullness } from './fullness.tsx';
import { type Column, type Row, Table } from './table.tsx';

export interface PoolTableProps {
  readonly lines: readonly PoolLine[];
  readonly threshold: number;
  readonly openEngine: (application: string) => void;
}

const columns: readonly Column[] = [
  { title: 'Application' },
  { title: 'In use' },
  { title: 'Idle in transaction', number: true },
  { title: 'Idle', number: true },
  { title: 'Waiting', number: true },
  { title: 'Oldest transaction', number: true },
  { title: 'Figures from' },
  { title: 'Engine' },
];

export function PoolTable({ lines, threshold, openEngine }: PoolTableProps) {
  if (lines.length === 0)
    return <p class="quiet">No application is connected, and the code makes no engine.</p>;
  return <Table columns={columns} rows={lines.map(line => rowOf(line, threshold, openEngine))} />;
}

function rowOf(line: PoolLine, threshold: number, openEngine: PoolTableProps['openEngine']): Row {
  const { id, application, inUse, limit, limitReason, idle, waiting, told, warnings } = line;
  const { oldestTransactionSeconds: oldest, idleInTransaction } = line;
  return {
    key: id,
    cells: [
      { content: application, class: 'name', title: application },
      {
        content: <Fullness inUse={inUse} limit={limit} threshold={threshold} reason={limitReason} />,
      },
      idleInTransaction,
      idle,
      waiting + (told?.waiting ?? 0),
      oldest === null ? '–' : duration(oldest),
      { content: sourceOf(told), class: 'quiet', title: told === null ? undefined : toldText(told) },
      { content: <Engine line={line} open={() => openEngine(id)} /> },
    ],
    notes: warnings,
  };
}

function Engine({ line, open }: { readonly line: PoolLine; readonly open: () => void }) {
  const { engine, settings } = line;
  if (engine === null) return <span class="quiet">not found</span>;
  const short = settings
    ?.replace(/^\w+, /, '')
    .split(', ')
    .slice(0, 2)
    .join(', ');
  return (
    <button type="button" class="link" title={settings ?? undefined} onClick={open}>
      {short ?? 'create_engine'}
    </button>
  );
}

function sourceOf(told: ToldFigures | null): string {
  if (told === null) return 'sessions';
  return told.processes === 1 ? 'its process' : `${told.processes} processes`;
}

function toldText({ checkedOut, overflow, timeouts }: ToldFigures): string {
  return `${checkedOut} checked out, ${overflow} of them overflow; ${timeouts} timed out since the start`;
}
