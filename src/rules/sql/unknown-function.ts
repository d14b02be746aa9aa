/** A function that PostgreSQL does not have, or not for these arguments. */
import type { Rule } from '../rule.ts';
import { verdictListener } from '../verdict-rule.ts';

export const unknownFunction: Rule = {
  id: 'unknown-function',
  category: 'sql',
  since: '0.1.0',
  severity: 'warning',
  // Projects define functions that neither models nor revisions show; recommended waits until those are read.
  preset: 'strict',
  fix: null,
  documentation: {
    summary: 'PostgreSQL has no such function for these arguments',
    why: '`func` takes any name, so a misspelt one is found only when the statement runs (42883).',
    instead: 'Use the function as PostgreSQL names it, with arguments of the types that it takes.',
    references: ['https://www.postgresql.org/docs/current/typeconv-func.html'],
  },
  examples: [{ bad: 'select(func.cuont(User.id))', good: 'select(func.count(User.id))' }],
  check: verdictListener({
    accepts: ({ sqlstate, message }) => sqlstate === '42883' && !message.startsWith('operator'),
  }),
};
