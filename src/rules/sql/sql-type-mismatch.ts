/** Operators and values whose types do not fit together. */
import type { Rule } from '../rule.ts';
import { verdictListener } from '../shared/statements/verdict-rule.ts';

export const sqlTypeMismatch: Rule = {
  id: 'sql-type-mismatch',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'Types do not fit: PostgreSQL has no such operator, or cannot read the value',
    why: 'PostgreSQL is strictly typed. Comparing text with a number, or giving a literal that its type cannot read, fails each time the statement runs (42883, 42804, 22P02, 22007).',
    instead: 'Give a value of the column’s type, or cast one side.',
    references: ['https://www.postgresql.org/docs/current/typeconv-oper.html'],
  },
  examples: [
    {
      bad: 'text("SELECT id FROM users WHERE age = name")',
      good: 'text("SELECT id FROM users WHERE age = length(name)")',
    },
  ],
  // SQLAlchemy sends the types of its parameters along; ours are bare, so that “unknown” there says nothing.
  check: verdictListener({
    accepts: ({ sqlstate, message }, _context, { statement }) =>
      isMismatch(sqlstate, message) && (statement.kind === 'text' || !message.includes('unknown')),
  }),
};

const mismatches: ReadonlySet<string> = new Set(['42804', '22P02', '22007', '42846']);

/** 42883 is shared by operators and functions; an unknown function is another rule's. */
function isMismatch(sqlstate: string, message: string): boolean {
  return mismatches.has(sqlstate) || (sqlstate === '42883' && message.startsWith('operator'));
}
