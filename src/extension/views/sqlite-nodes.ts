/** The rows of an SQLite file in the Pools view: it has no pools, but a size, a journal, locks and revisions. */
import { byteSize } from '../../base/byte-size.ts';
import type { SqliteReading } from '../../protocol/pools.ts';
import { doubtful, type TreeNode } from './tree-node.ts';

export function sqliteNodes(connection: string, reading: SqliteReading): readonly TreeNode[] {
  const { file, bytes, freeBytes, journal, walBytes, journalBytes, locks, revisions } = reading;
  const free = freeBytes === 0 ? '' : ` · ${byteSize(freeBytes)} free`;
  const log = walBytes === null ? '' : ` · log ${byteSize(walBytes)}`;
  const busy = journalBytes === null ? '' : ' · a transaction writes, or was cut off';
  const row = (id: string, label: string, description: string, icon: TreeNode['icon']): TreeNode => ({
    id: `${connection}/${id}`,
    label,
    description,
    ...(icon === undefined ? {} : { icon }),
    spoken: `${label}: ${description}`,
  });
  return [
    { ...row('file', 'File', `${byteSize(bytes)}${free}`, { name: 'file' }), tooltip: file },
    row('journal', 'Journal', `${journalText(journal)}${log}${busy}`, { name: 'history' }),
    {
      ...row(
        'locks',
        'Locks',
        locks === null ? 'not told on this system' : locks.length === 0 ? 'none' : String(locks.length),
        locks !== null && locks.length > 0 ? { name: 'lock', ...doubtful } : { name: 'unlock' },
      ),
      expanded: true,
      children: (locks ?? []).map((lock, index) => ({
        id: `${connection}/locks/${index}`,
        label: lock,
        spoken: lock,
      })),
    },
    row(
      'revisions',
      'Applied revisions',
      revisions === null ? 'cannot be read here' : revisions.length === 0 ? 'none' : revisions.join(', '),
      { name: 'git-commit' },
    ),
  ];
}

function journalText(journal: SqliteReading['journal']): string {
  if (journal === null) return 'empty file';
  return journal === 'wal' ? 'write-ahead log' : 'rollback journal';
}
