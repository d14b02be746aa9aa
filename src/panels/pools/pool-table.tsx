/** The pools of a server: a line each, its warnings below. */
import { duration } from '../../base/clock-time.ts';
import { barOf } from '../../base/text-bar.ts';
import type { PoolLine, ToldFigures } from '../../protocol/pools.ts';

export interface PoolTableProps {
  readonly lines: readonly PoolLine[];
  readonly threshold: number;
  readonly openEngine: (application: string) => void;
}

export function PoolTable({ lines, threshold, openEngine }: PoolTableProps) {
  if (lines.length === 0)
    return <p class="quiet">No application is connected, and the code makes no engine.</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Application</th>
          <th scope="col">In use</th>
          <th scope="col" class="number">
            Idle
          </th>
          <th scope="col" class="number">
            Waiting
          </th>
          <th scope="col" class="number">
            Oldest transaction
          </th>
          <th scope="col">Figures from</th>
          <th scope="col">Engine</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(line => (
          <Pool key={line.id} line={line} threshold={threshold} openEngine={openEngine} />
        ))}
      </tbody>
    </table>
  );
}

interface PoolProps extends Pick<PoolTableProps, 'threshold' | 'openEngine'> {
  readonly line: PoolLine;
}

function Pool({ line, threshold, openEngine }: PoolProps) {
  const { id, application, idle, waiting, told, oldestTransactionSeconds, engine, settings, warnings } = line;
  return (
    <>
      <tr>
        <th scope="row" class="name" title={application}>
          {application}
        </th>
        <td>
          <Fullness line={line} threshold={threshold} />
        </td>
        <td class="number">{idle}</td>
        <td class="number">{waiting + (told?.waiting ?? 0)}</td>
        <td class="number">{oldestTransactionSeconds === null ? '–' : duration(oldestTransactionSeconds)}</td>
        <td class="quiet" title={told === null ? undefined : toldText(told)}>
          {told === null ? 'sessions' : told.processes === 1 ? 'its process' : `${told.processes} processes`}
        </td>
        <td>
          {engine === null ? (
            <span class="quiet">not found</span>
          ) : (
            <button type="button" class="link" title={settings ?? undefined} onClick={() => openEngine(id)}>
              {settings
                ?.replace(/^\w+, /, '')
                .split(', ')
                .slice(0, 2)
                .join(', ') ?? 'create_engine'}
            </button>
          )}
        </td>
      </tr>
      {warnings.map(({ severity, message }) => (
        <tr key={message} class="note">
          <td colSpan={7} class={severity}>
            {message}
          </td>
        </tr>
      ))}
    </>
  );
}

function toldText({ checkedOut, overflow, timeouts }: ToldFigures): string {
  return `${checkedOut} checked out, ${overflow} of them overflow; ${timeouts} timed out since the start`;
}

const cells = 10;

function Fullness({ line, threshold }: Pick<PoolProps, 'line' | 'threshold'>) {
  const { inUse, limit, limitReason } = line;
  if (limit === null) return <>{inUse}</>;
  const share = inUse / Math.max(1, limit);
  const mark = share >= 1 ? 'error' : share >= threshold ? 'warning' : 'good';
  return (
    <span title={limitReason === null ? undefined : `Limit ${limit}: ${limitReason}`}>
      <span class={`bar ${mark}`} aria-hidden="true">
        {barOf(inUse, limit, cells)}
      </span>{' '}
      {inUse} / {limit}
    </span>
  );
}
