/** char(n): padded with spaces, and never faster. */
import type { Column, Table } from '../../schema/schema.ts';
import type { Rule } from '../rule.ts';
import { wholeNumber } from '../rule-option.ts';
import { type ColumnPlace, columnListeners } from '../shared/revisions/new-columns.ts';

const allowedLength = wholeNumber({
  name: 'allowed-length',
  summary: 'How long a char(n) may be, for codes that all have one length; 0 for none',
  default: 0,
  minimum: 0,
});

export const noCharType: Rule = {
  id: 'no-char-type',
  category: 'migration',
  since: '0.1.0',
  severity: 'information',
  preset: 'all',
  fix: null,
  documentation: {
    summary: 'A column is char(n), which pads its values with spaces',
    why: 'char(n) fills values up with spaces, which come back from the database and count in some comparisons and not in others. It is not faster than text.',
    instead: '`sa.Text()`, with a CHECK constraint where the length is fixed.',
    references: ['https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_char.28n.29'],
  },
  options: [allowedLength],
  examples: [
    {
      bad: 'op.add_column("events", sa.Column("code", sa.CHAR(3)))',
      good: 'op.add_column("events", sa.Column("code", sa.Text()))',
    },
  ],
  check: { actions: columnListeners(checkColumn) },
};

function checkColumn({ name, type }: Column, _: Table, { context }: ColumnPlace): string | null {
  const found = /^(?:char|character|bpchar)\s*(?:$|\(\s*(\d*))/i.exec(type);
  if (found === null || Number(found[1] || 1) <= context.option(allowedLength)) return null;
  return `${name} is ${type}: values are padded with spaces`;
}
