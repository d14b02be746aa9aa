/** Keys of four bytes: two billion rows, and then every INSERT fails. */
import type { Column, Table } from '../../schema/schema.ts';
import type { Rule } from '../rule.ts';
import { type ColumnPlace, columnListeners } from '../shared/revisions/new-columns.ts';

export const preferBigintKey: Rule = {
  id: 'prefer-bigint-key',
  category: 'migration',
  since: '0.1.0',
  severity: 'information',
  preset: 'all',
  fix: null,
  documentation: {
    summary: 'A primary key is a four-byte integer',
    why: 'An integer key ends at 2,147,483,647. A busy table gets there, also by rolled back inserts, and the change to bigint then writes the whole table anew.',
    instead: '`sa.BigInteger()`; in models `mapped_column(BigInteger, primary_key=True)`.',
    references: ['https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT'],
  },
  examples: [
    {
      bad: 'op.create_table("notes", sa.Column("id", sa.Integer(), primary_key=True))',
      good: 'op.create_table("notes", sa.Column("id", sa.BigInteger(), primary_key=True))',
    },
  ],
  check: { actions: columnListeners(checkColumn) },
};

function checkColumn(column: Column, table: Table, { revision }: ColumnPlace): string | null {
  if (revision.isCalledSmall(table)) return null;
  const isKey = table.primaryKey?.columns.length === 1 && table.primaryKey.columns[0] === column.name;
  return isKey && /^(?:integer|int4?|smallint|serial|smallserial)$/i.test(column.type)
    ? `${column.name} is a four-byte key: a bigint lasts, and changing it later writes the table anew`
    : null;
}
