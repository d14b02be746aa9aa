/** `FROM :table`: a parameter where SQL wants a name. */
import type { FileContext, Rule, SqlSubject } from '../rule.ts';
import { bindAt, parameterTokens, reportAt, wordOf, writtenBind } from '../shared/statements/sql-text.ts';

export const bindAsIdentifier: Rule = {
  id: 'bind-as-identifier',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A parameter stands where SQL wants the name of a table or column',
    why: 'Names are part of the statement’s text, values are not: PostgreSQL must know the table before it can plan. `FROM :table` is sent as `FROM $1`, a syntax error (42601).',
    instead:
      'Choose the name from a fixed list in Python, and quote it: `quoted_name(name, quote=True)`, `psycopg.sql.Identifier(name)`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.quoted_name',
      'https://www.psycopg.org/psycopg3/docs/api/sql.html',
    ],
  },
  examples: [
    {
      bad: 'text("SELECT id FROM :table").bindparams(table="users")',
      good: 'text("SELECT id FROM users")',
    },
  ],
  check: { sql: checkSql },
};

/** Words, and the dot, that a name follows. */
const leads =
  /^(?:from|join|into|update|table|only|truncate|index|view|schema|database|role|user|column|constraint|sequence|type|extension|as|collate|exists|to|\.)$/;

function checkSql(subject: SqlSubject, context: FileContext): void {
  const { error, tokens, raw } = subject;
  // In a script `:name` is a variable of psql's, which puts it in before anything is sent.
  if (error === null || error.tooDeep || raw.driver === 'psycopg2' || raw.origin === 'file') return;
  for (const { index, token } of parameterTokens(subject)) {
    if (error.position !== token.start) continue;
    const word = wordOf(subject, tokens[index - 1]);
    if (!leads.test(word)) continue;
    const written = writtenBind(subject, token, bindAt(subject, token));
    context.report({
      range: reportAt(subject, token, context),
      message: `“${written}” is a value, and SQL wants a name ${word === '.' ? 'after the dot' : `after ${word.toUpperCase()}`}: PostgreSQL refuses the statement as a syntax error`,
    });
  }
}
