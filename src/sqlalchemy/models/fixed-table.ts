/** The table that a class is given by `__table__`, instead of one that it has by its own name and columns. */
import { referenceOf } from '../reading/reference.ts';
import type { Site } from '../reading/site.ts';
import { classBody } from './class-body.ts';
import type { ClassNode } from './class-node.ts';
import { copiedTable, namedByLoop } from './copied-tables.ts';
import type { Metadata, TableDraft } from './drafts.ts';
import { readTable } from './read-table.ts';

/** `__table__ = Table(…)`, `__table__ = users`, or a table that is copied from that of another class. */
export function readFixedTable(
  node: ClassNode,
  site: Site,
  metadata: Metadata,
  tableOf: (source: ClassNode) => TableDraft | null,
): { table: TableDraft | null; variable: string | null } | null {
  const member = classBody(node.node).find(({ name, value }) => name === '__table__' && value !== null);
  if (!member?.value) return null;
  if (member.value.kind === 'call') return { table: readTable(member.value, site, metadata), variable: null };
  const copied = copiedTable(member.value, site, tableOf);
  const columns = copied && namedByLoop(copied.columns, node.node.body, site);
  if (copied && columns) return { table: { ...copied, columns }, variable: null };
  const reference = referenceOf(member.value, site);
  return { table: null, variable: reference.kind === 'variable' ? reference.qualifiedName : null };
}
