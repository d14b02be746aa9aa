/** asyncpg prepares statements by name, and PgBouncer gives the next transaction another server connection. */
import { keywordOf } from '../../python/argument-at.ts';
import type { Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { isListed, nameList } from '../rule-option.ts';
import { engineOf, hasHiddenArguments, urlArgumentOf } from '../shared/drivers/engine-call.ts';

const poolerHosts = nameList({
  name: 'hosts',
  summary: 'Names of hosts that are poolers, such as `db-pool.*`, besides those that are called so',
});

export const asyncpgBehindPgbouncer: Rule = {
  id: 'asyncpg-behind-pgbouncer',
  category: 'engine',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'asyncpg goes through a connection pooler with its prepared statements on',
    why: 'SQLAlchemy’s asyncpg dialect prepares statements under names that it counts up. In transaction mode a pooler hands each transaction another server connection, on which such a name is missing or taken: `InvalidSQLStatementNameError` or `DuplicatePreparedStatementError`, now and then and under load only. `statement_cache_size=0` alone does not help.',
    instead:
      'Give unique names and keep no pool of your own: `poolclass=NullPool, connect_args={"statement_cache_size": 0, "prepared_statement_name_func": lambda: f"__asyncpg_{uuid4()}__"}`; or let PgBouncer 1.21 and later track them with `max_prepared_statements`, and suppress this finding.',
    references: [
      'https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#prepared-statement-name-with-pgbouncer',
    ],
  },
  options: [poolerHosts],
  examples: [
    {
      bad: 'from sqlalchemy.ext.asyncio import create_async_engine\n\nengine = create_async_engine("postgresql+asyncpg://localhost:6432/shop")',
      good: 'from uuid import uuid4\n\nfrom sqlalchemy.ext.asyncio import create_async_engine\nfrom sqlalchemy.pool import NullPool\n\nengine = create_async_engine(\n    "postgresql+asyncpg://localhost:6432/shop",\n    poolclass=NullPool,\n    connect_args={"prepared_statement_name_func": lambda: f"__asyncpg_{uuid4()}__"},\n)',
    },
  ],
  check: { expressions: { call: checkCall } },
};

/** PgBouncer's own port, Supabase's transaction pooler, and hosts that say what they are. */
const pooler = /@?[^/]*(pgbouncer|pgcat|-pooler\.|\.pooler\.)[^/]*\/|:(6432|6543)(\/|\?|$)/i;

function checkCall(node: Call, context: FileContext): void {
  const engine = engineOf(node, context);
  if (engine?.driver !== 'postgresql+asyncpg' || !engine.url || hasHiddenArguments(node)) return;
  const address = engine.url.slice(engine.url.indexOf('://') + 3);
  if (!isPooler(address.slice(address.lastIndexOf('@') + 1), context) || namesStatements(node)) return;
  context.report({
    range: urlArgumentOf(node),
    message:
      'A pooler gives each transaction another connection, where asyncpg’s prepared statements are missing or taken: queries fail now and then',
  });
}

/** `db.example:6432/shop?ssl=require`. */
function isPooler(address: string, context: FileContext): boolean {
  const host = /^[^:/?]*/.exec(address)?.[0] ?? '';
  return pooler.test(address) || isListed(context.option(poolerHosts), host);
}

/** Arguments that are not written out here may say it. */
function namesStatements(node: Call): boolean {
  const value = keywordOf(node, 'connect_args')?.value;
  if (keywordOf(node, 'async_creator')) return true;
  if (value === undefined) return false;
  if (value.kind !== 'dict') return true;
  return value.entries.some(
    ({ key }) =>
      key === null ||
      (key.kind === 'string' && /^prepared_statement_name_func$|^connection_class$/.test(key.value ?? '')),
  );
}
