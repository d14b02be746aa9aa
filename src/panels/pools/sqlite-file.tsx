/** An SQLite file: it has no sessions, so that there is little to draw. */
import { byteSize } from '../../base/byte-size.ts';
import type { SqliteReading } from '../../protocol/pools.ts';

export function SqliteFile(reading: SqliteReading) {
  const { file, bytes, freeBytes, locks, revisions } = reading;
  const rows: readonly (readonly [string, string])[] = [
    ['File', file],
    ['Size', `${byteSize(bytes)}${freeBytes === 0 ? '' : `, ${byteSize(freeBytes)} of it free`}`],
    ['Journal', journalText(reading)],
    ['Locks', locks === null ? 'not told on this system' : locks.join('; ') || 'none'],
    ['Applied revisions', revisions === null ? 'cannot be read here' : revisions.join(', ') || 'none'],
  ];
  return (
    <table class="facts">
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function journalText({ journal, walBytes, journalBytes }: SqliteReading): string {
  if (journal === null) return 'empty file';
  if (journal === 'wal') return `write-ahead log of ${byteSize(walBytes ?? 0)}`;
  return journalBytes === null
    ? 'rollback journal'
    : 'rollback journal; a transaction writes, or was cut off';
}
