/** Whatever else PostgreSQL says against a statement. */
import type { Rule } from '../rule.ts';
import { verdictListener } from '../shared/statements/verdict-rule.ts';
import { isDistinctMismatch } from './distinct-order-mismatch.ts';

export const postgresqlObjection: Rule = {
  id: 'postgresql-objection',
  category: 'sql',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'PostgreSQL refuses the statement for a reason that no other rule names',
    why: 'The statement was parsed against the schema by PostgreSQL itself, and refused. It fails the same way when it runs.',
    instead: 'Read PostgreSQL’s message; the place shown is where it stopped.',
    references: ['https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  },
  examples: [{ bad: 'text("SELECT id FROM users LIMIT age")', good: 'text("SELECT id FROM users LIMIT 3")' }],
  check: verdictListener({
    accepts: error =>
      error.sqlstate.startsWith('42') && !named.has(error.sqlstate) && !isDistinctMismatch(error),
  }),
};

/** Judged by rules of their own, or counted as unknown: 42501 rights, 42704 unknown types, 42P18 and 42725 untyped binds. */
const named: ReadonlySet<string> = new Set([
  '42703',
  '42803',
  '42702',
  '42601',
  '42804',
  '42846',
  '42883',
  '42P01',
  '42501',
  '42704',
  '42P18',
  '42P02',
  '42P08',
  '42725',
]);
