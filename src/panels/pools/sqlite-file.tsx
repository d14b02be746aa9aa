/** An SQLite file: it has no sessions, so that there is little to draw. */
import type { SqliteReading } from '../../protocol/pools.ts';

export function SqliteFile({ file, bytes, freeBytes, journal, walBytes, locks, revisions }: SqliteReading) {
  const rows: readonly (readonly [string, string])[] = [
    ['File', file],
    ['Size', `${bytes.toLocaleString('en')} bytes, ${freeBytes.toLocaleString('en')} of them free`],
    ['Journal', journal === 'wal' ? `write-ahead log of ${walBytes ?? 0} bytes` : 'rollback journal'],
    ['Locks', locks === null ? 'not told on this system' : locks.join('; ') || 'none'],
    ['Applied revisions', revisions?.join(', ') || 'none'],
  ];
  return (
    <table>
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
