/** The tables of the page: a head, a row for each thing, and below a row what is to be said about it. */
import type { ComponentChild } from 'preact';
import type { PoolWarning } from '../../protocol/pools.ts';

export interface Column {
  readonly title: ComponentChild;
  readonly number?: boolean;
  /** For columns that a user can sort by. */
  readonly sorted?: 'ascending' | 'descending' | 'none';
}

export interface Cell {
  readonly content: ComponentChild;
  readonly class?: string;
  /** What the mouse shows of it. */
  readonly title?: string | undefined;
}

export interface Row {
  readonly key: string;
  /** The first is the row's name. */
  readonly cells: readonly (Cell | string | number)[];
  readonly notes?: readonly PoolWarning[];
}

export interface TableProps {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly class?: string;
}

export function Table({ columns, rows, ...table }: TableProps) {
  return (
    <div class="scroll">
      <table class={table.class}>
        <thead>
          <tr>
            {columns.map(({ title, number, sorted }, index) => (
              <th key={String(index)} scope="col" aria-sort={sorted} class={number ? 'number' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <TableRow key={row.key} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TableRow({
  row: { cells, notes = [] },
  columns,
}: {
  readonly row: Row;
  readonly columns: readonly Column[];
}) {
  return (
    <>
      <tr class={notes.length > 0 ? 'noted' : undefined}>
        {cells.map((given, index) => {
          const cell: Cell = typeof given === 'object' ? given : { content: given };
          const marks = [columns[index]?.number ? 'number' : null, cell.class ?? null];
          const shared = {
            key: String(index),
            class: marks.filter(mark => mark !== null).join(' ') || undefined,
            title: cell.title,
          };
          return index === 0 ? (
            <th scope="row" {...shared}>
              {cell.content}
            </th>
          ) : (
            <td {...shared}>{cell.content}</td>
          );
        })}
      </tr>
      {notes.map(({ severity, message }) => (
        <tr key={message} class="note">
          <td colSpan={columns.length} class={severity}>
            {message}
          </td>
        </tr>
      ))}
    </>
  );
}
