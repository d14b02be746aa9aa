/** `engine.execute(…)`, `AsyncSession.query(…)`: ways to send a statement that SQLAlchemy 2.0 does not have. */
import type { Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { nameRange } from '../shared/code/session-words.ts';
import { isBefore2 } from '../shared/drivers/legacy-version.ts';

export const removedExecutionApi: Rule = {
  id: 'removed-execution-api',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A method that SQLAlchemy 2.0 has removed, or that an `AsyncSession` never had',
    why: "`engine.execute()`, `engine.scalar()` and `engine.table_names()` went with 2.0: `AttributeError: 'Engine' object has no attribute 'execute'`. An AsyncSession has no `query()`, and an AsyncEngine neither `execute()` nor `scalar()`.",
    instead:
      'Take a connection, `with engine.connect() as connection: connection.execute(…)`, and begin a transaction for changes, `with engine.begin() as connection:`. With an AsyncSession, write `await session.scalars(select(User))`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/changelog/migration_20.html#migration-20-autocommit',
      'https://docs.sqlalchemy.org/en/20/errors.html#error-b8d9',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy import create_engine\n\nengine = create_engine("postgresql+psycopg://localhost/shop")\n\n\ndef users() -> object:\n    return engine.execute(select(User)).all()',
      good: 'from sqlalchemy import create_engine\n\nengine = create_engine("postgresql+psycopg://localhost/shop")\n\n\ndef users() -> object:\n    with engine.connect() as connection:\n        return connection.execute(select(User)).all()',
    },
    {
      bad: 'async def users(session: AsyncSession) -> object:\n    return session.query(User).order_by(User.id).all()',
      good: 'async def users(session: AsyncSession) -> object:\n    return (await session.scalars(select(User).order_by(User.id))).all()',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const ofEngines: ReadonlySet<string> = new Set([
  'execute',
  'scalar',
  'transaction',
  'run_callable',
  'has_table',
  'table_names',
]);

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute') return;
  const owner = context.facts.meaningOf(node.function.value);
  const method = node.function.attribute.id;
  if (owner.kind === 'engine' && ofEngines.has(method)) {
    if (isBefore2(context)) return;
    const of = owner.async ? 'AsyncEngine' : 'Engine';
    context.report({
      range: nameRange(node),
      message: `An ${of} has no ${method}() in SQLAlchemy 2.0: AttributeError`,
    });
  } else if (owner.kind === 'session' && owner.async && method === 'query')
    context.report({ range: nameRange(node), message: 'An AsyncSession has no query(): AttributeError' });
}
