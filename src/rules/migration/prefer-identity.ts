/** serial: a sequence with rights and an owner of its own. identity is the standard’s way. */
import type { Column } from '../../schema/schema.ts';
import type { Rule } from '../rule.ts';
import { columnListeners } from '../shared/revisions/new-columns.ts';

export const preferIdentity: Rule = {
  id: 'prefer-identity',
  category: 'migration',
  since: '0.1.0',
  severity: 'information',
  preset: 'all',
  fix: null,
  documentation: {
    summary: 'A column is a serial instead of an identity',
    why: 'A serial’s sequence has rights of its own, and stays a default that any INSERT can get past. Identity columns are PostgreSQL’s own recommendation from version 10 on.',
    instead: '`sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True)`.',
    references: ['https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_serial'],
  },
  examples: [
    {
      bad: 'op.execute("CREATE TABLE notes (id bigserial PRIMARY KEY)")',
      good: 'op.create_table("notes", sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True))',
    },
  ],
  check: { actions: columnListeners(checkColumn) },
};

function checkColumn({ name, type }: Column): string | null {
  return /serial/i.test(type) ? `${name} is ${type}: an identity column belongs to its table alone` : null;
}
