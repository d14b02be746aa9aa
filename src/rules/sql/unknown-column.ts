/** A column that the tables in FROM do not have, as PostgreSQL itself says, with its hint as the fix. */

import type { FileContext, Rule } from '../rule.ts';
import { nodeAt } from '../shared/code/node-at.ts';
import { isGivenToClass } from '../shared/models/later-attributes.ts';
import type { VerdictPlace } from '../shared/statements/verdict-place.ts';
import { hintFix, verdictListener } from '../shared/statements/verdict-rule.ts';

export const unknownColumn: Rule = {
  id: 'unknown-column',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A statement names a column that its tables do not have',
    why: 'PostgreSQL resolves names before it plans. A column that is not there fails each time the statement runs, whatever the data.',
    instead: 'Use a column of the tables in FROM. Where PostgreSQL knows a near name, it is offered.',
    references: ['https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  },
  examples: [
    {
      bad: 'text("SELECT id, nmae FROM users")',
      good: 'text("SELECT id, name FROM users")',
    },
  ],
  check: verdictListener({
    accepts: ({ sqlstate }) => sqlstate === '42703',
    excuses: isMadeLater,
    fixes: hintFix,
  }),
};

/** `User.score`, where some code gives the class a `score` after it was made. */
function isMadeLater({ range }: VerdictPlace, context: FileContext): boolean {
  const node = nodeAt(range, context);
  if (node?.kind !== 'attribute') return false;
  const meaning = context.facts.meaningOf(node);
  return meaning.kind === 'unknown-attribute' && isGivenToClass(meaning.name, context);
}
