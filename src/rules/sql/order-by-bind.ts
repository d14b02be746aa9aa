/** ORDER BY a parameter: one constant for all rows. */
import type { FileContext, Rule, SqlSubject } from '../rule.ts';
import { bindAt, parameterTokens, reportAt, wordOf, writtenBind } from '../shared/statements/sql-text.ts';

export const orderByBind: Rule = {
  id: 'order-by-bind',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'ORDER BY a parameter sorts by one constant, and so not at all',
    why: 'A parameter is a value, never a column’s name. `ORDER BY :column` sorts every row by the same text: no error, and the rows in whatever order they come.',
    instead:
      'Choose the column in Python from a fixed mapping (`{"name": "users.name"}[column]`), or in SQL: `ORDER BY CASE WHEN :column = \'name\' THEN name END`.',
    references: ['https://www.postgresql.org/docs/current/queries-order.html'],
  },
  examples: [
    {
      bad: 'text("SELECT name FROM users ORDER BY :column").bindparams(column="name")',
      good: 'text("SELECT name FROM users ORDER BY name")',
    },
  ],
  check: { sql: checkSql },
};

function checkSql(subject: SqlSubject, context: FileContext): void {
  for (const { index, token } of parameterTokens(subject)) {
    if (!isOrdering(subject, index)) continue;
    const written = writtenBind(subject, token, bindAt(subject, token));
    context.report({
      range: reportAt(subject, token, context),
      message: `ORDER BY ${written} sorts every row by the same value: the rows come in no order`,
    });
  }
}

const ends = /^(?:|,|\)|;|asc|desc|nulls|limit|offset|fetch|for|rows|range|groups)$/;

/** Tokens of an ORDER BY that are looked at. */
const longestOrdering = 200;

/** A whole element of ORDER BY: what comes before it leads back to the words, over other elements. */
function isOrdering(subject: SqlSubject, index: number): boolean {
  if (!ends.test(wordOf(subject, subject.tokens[index + 1]))) return false;
  let depth = 0;
  for (let at = index - 1; at > Math.max(0, index - longestOrdering); at -= 1) {
    const word = wordOf(subject, subject.tokens[at]);
    if (at === index - 1 && word !== ',' && word !== 'by') return false;
    if (word === ')') depth += 1;
    if (word === '(') depth -= 1;
    if (depth < 0 || word === ';') return false;
    if (depth === 0 && word === 'by') return wordOf(subject, subject.tokens[at - 1]) === 'order';
    if (depth === 0 && /^(?:select|from|where|values|limit|having|set|in)$/.test(word)) return false;
  }
  return false;
}
