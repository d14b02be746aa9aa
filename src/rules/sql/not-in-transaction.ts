/** Statements that PostgreSQL runs only outside of a transaction, sent where SQLAlchemy has opened one. */
import type { TextRange } from '../../base/range.ts';
import type { SyntaxNode } from '../../python/syntax.ts';
import { findNodePath } from '../../python/walk.ts';
import type { SqlNode } from '../../sql/parser.ts';
import type { FileContext, Rule, SqlSubject } from '../rule.ts';
import { reportAt } from '../shared/statements/sql-text.ts';

export const notInTransaction: Rule = {
  id: 'not-in-transaction',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A statement that PostgreSQL runs only outside of a transaction is sent inside of one',
    why: 'Sessions and connections of SQLAlchemy begin a transaction with the first statement, and so does psycopg. `CREATE INDEX CONCURRENTLY`, `VACUUM`, `CREATE DATABASE` and their kin then fail: “… cannot run inside a transaction block” (25001).',
    instead:
      'Use a connection in autocommit: `engine.connect().execution_options(isolation_level="AUTOCOMMIT")`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/connections.html#setting-transaction-isolation-levels-including-dbapi-autocommit',
    ],
  },
  examples: [
    {
      bad: 'def clean(session: Session) -> None:\n    session.execute(text("VACUUM users"))',
      good: 'def clean(session: Session) -> None:\n    session.connection(execution_options={"isolation_level": "AUTOCOMMIT"}).execute(text("VACUUM users"))',
    },
  ],
  check: { sql: checkSql },
};

function checkSql(subject: SqlSubject, context: FileContext): void {
  const { raw, parsed, statement } = subject;
  // What a migration sends is another rule's.
  if (parsed === null || /\balembic\b/.test(context.file.text) || !isSentInTransaction(subject)) return;
  const { range } = raw.executions[0]?.location ?? statement.location;
  const around = findNodePath(context.file.module, range.start);
  if (leavesTransaction(around, context) || usesAutocommit(around, context)) return;
  for (const { node, start, end } of parsed.statements) {
    const what = outsideOnly(node);
    if (what === null) continue;
    context.report({
      range: reportAt(subject, firstWords(raw.form.sql, { start, end }, what), context),
      message: `${what} cannot run inside a transaction, and one is open here: PostgreSQL refuses it`,
    });
  }
}

/** asyncpg and aiosqlite begin none by themselves; of a text that nobody here sends, nothing is known. */
function isSentInTransaction({ raw }: SqlSubject): boolean {
  return (
    raw.executions.length > 0 &&
    (raw.driver === null || raw.driver === 'psycopg' || raw.driver === 'psycopg2')
  );
}

/** Inside of a block that leaves the transaction, or of a function that ends it by itself or asks for autocommit. */
function leavesTransaction(around: readonly SyntaxNode[], { file }: FileContext): boolean {
  const outermost = around.find(node => node.kind === 'function');
  const text = file.text.slice(outermost?.start ?? 0, outermost?.end ?? file.text.length);
  return /autocommit|\bCOMMIT\b|set_isolation_level/i.test(text);
}

/** An engine of its own for such statements may be handed in from anywhere. */
function usesAutocommit(around: readonly SyntaxNode[], context: FileContext): boolean {
  const { project, file } = context;
  const isMentioned = /autocommit/i.test(file.text) && !/autocommit_block/.test(file.text);
  if (isMentioned && !opensOwnConnection(around, context)) return true;
  return project.engines.some(({ location }) => {
    const text = project.files.get(location.path)?.text ?? '';
    return /AUTOCOMMIT/.test(text.slice(location.range.start, location.range.end));
  });
}

/** `with engine.begin():` around it, of an engine that the module imports or makes: no other one is handed in. */
function opensOwnConnection(around: readonly SyntaxNode[], { facts, file }: FileContext): boolean {
  const outermost = around.find(node => node.kind === 'function');
  const isParameter = (name: string) =>
    outermost?.kind === 'function' && outermost.parameters.some(each => each.name.id === name);
  const isSetTo = (name: string) => new RegExp(`\\b${name}\\s*=.*autocommit`, 'i').test(file.text);
  return around.some(
    node =>
      node.kind === 'with' &&
      node.items.some(({ context: opened }) => {
        if (opened.kind !== 'call' || opened.function.kind !== 'attribute') return false;
        const { value, attribute } = opened.function;
        if (value.kind !== 'name' || !/^(begin|connect)$/.test(attribute.id) || isParameter(value.id))
          return false;
        return facts.meaningOf(value).kind === 'engine' && !isSetTo(value.id);
      }),
  );
}

/** Its name where PostgreSQL runs it outside of transactions only; null for all others. */
function outsideOnly(node: SqlNode): string | null {
  if ('IndexStmt' in node) return node.IndexStmt.concurrent ? 'CREATE INDEX CONCURRENTLY' : null;
  if ('DropStmt' in node) return node.DropStmt.concurrent ? 'DROP INDEX CONCURRENTLY' : null;
  if ('ReindexStmt' in node) {
    const isConcurrent = (node.ReindexStmt.params ?? []).some(
      each => 'DefElem' in each && each.DefElem.defname === 'concurrently',
    );
    return isConcurrent ? 'REINDEX CONCURRENTLY' : null;
  }
  if ('VacuumStmt' in node) return node.VacuumStmt.is_vacuumcmd ? 'VACUUM' : null;
  if ('CreatedbStmt' in node) return 'CREATE DATABASE';
  if ('DropdbStmt' in node) return 'DROP DATABASE';
  if ('AlterSystemStmt' in node) return 'ALTER SYSTEM';
  if ('CreateTableSpaceStmt' in node) return 'CREATE TABLESPACE';
  return 'DropTableSpaceStmt' in node ? 'DROP TABLESPACE' : null;
}

/** The words that name the statement; for CONCURRENTLY that word alone. */
function firstWords(sql: string, { start, end }: TextRange, what: string): TextRange {
  const word = what.endsWith('CONCURRENTLY') ? /concurrently/i : /^\w+/;
  const match = word.exec(sql.slice(start, end));
  const from = start + (match?.index ?? 0);
  return { start: from, end: from + (match?.[0].length ?? end - start) };
}
