/** Names of tables and columns, settings and clauses that are put into SQL text. */
import type { Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { quotingFunctions } from '../shared/code/own-text.ts';
import { builtSql } from '../shared/statements/built-sql.ts';

export const sqlBuiltFromNames: Rule = {
  id: 'sql-built-from-names',
  category: 'sql',
  since: '0.1.0',
  severity: 'information',
  preset: 'strict',
  fix: null,
  documentation: {
    summary: 'A name or a clause is put into SQL text, and nobody sees where it comes from',
    why: 'No parameter can stand for a table, a column, a setting or a clause, so such text is put together. While the program itself chooses the name, nothing happens. As soon as a user does, the name can be any SQL.',
    instead:
      'Choose from a fixed list (`{"name": User.name}[key]`), or quote the name: `quoted_name`, `psycopg.sql.Identifier`, `preparer.quote(name)`. Values belong to `sql-built-from-strings`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.quoted_name',
      'https://www.psycopg.org/psycopg3/docs/api/sql.html',
    ],
  },
  options: [quotingFunctions],
  examples: [
    {
      bad: 'def count(table: str) -> object:\n    return text(f"SELECT count(*) FROM {table}")',
      good: 'TABLES = ("users", "posts")\n\n\ndef counts() -> list[object]:\n    return [text(f"SELECT count(*) FROM {table}") for table in TABLES]',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const built = builtSql(node, context);
  if (!built || built.isValue) return;
  context.report({
    range: built.place,
    message: `${built.how} puts a name or a clause into the SQL text: safe while only the program chooses it, any SQL once a user does`,
  });
}
