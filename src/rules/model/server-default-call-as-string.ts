/** `server_default="now()"`: a string where an SQL expression was meant. */
import type { Call, Expression } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { importName } from '../shared/code/import-name.ts';
import { columnCallOf, columnOption } from '../shared/models/column-call.ts';

export const serverDefaultCallAsString: Rule = {
  id: 'server-default-call-as-string',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A server default that looks like an SQL expression is a plain string',
    why: "SQLAlchemy renders a string as a literal: `DEFAULT 'now()'`. On a timestamp PostgreSQL reads that text once, when the table is created, so every row gets the same moment; on a text column the words themselves are stored; on a UUID the statement fails.",
    instead: 'Give SQL: `server_default=text("now()")` or `server_default=func.now()`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/defaults.html#server-invoked-ddl-explicit-default-expressions',
    ],
  },
  examples: [
    {
      bad: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default="now()")',
      good: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))',
    },
  ],
  check: { expressions: { call: checkCall } },
};

/** A call, also with more behind it. Prose has a blank before its bracket. */
const functionCall = /^\s*[a-z_][\w.]*\(.*\)\s*((::|[-+*/]|at\s+time\s+zone\b|\|\|).*)?$/is;
const keyword =
  /^\s*(current_timestamp|current_date|current_time|localtimestamp|localtime|current_user|session_user)\s*((::|[-+]|at\s+time\s+zone\b).*)?$/i;

function checkCall(node: Call, context: FileContext): void {
  const column = columnCallOf(node, context.facts);
  const value = column && columnOption(column, 'server_default');
  if (!value) return;
  const meaning = context.facts.meaningOf(value);
  if (meaning.kind !== 'constant' || typeof meaning.value !== 'string') return;
  const sql = meaning.value;
  if (functionCall.test(sql) || keyword.test(sql)) report(value, sql.trim(), context);
}

function report(value: Expression, sql: string, context: FileContext): void {
  const { expression, edits } = importName(context.file.module, 'sqlalchemy', 'text');
  const { start, end } = value;
  context.report({
    range: value,
    message: `The default is the text '${sql}', not the result of ${sql}: the column gets DEFAULT '${sql.replaceAll("'", "''")}'`,
    fixes: [
      {
        title: `Wrap it in ${expression}()`,
        edits: [
          { range: { start, end: start }, newText: `${expression}(` },
          { range: { start: end, end }, newText: ')' },
          ...edits,
        ],
      },
    ],
  });
}
