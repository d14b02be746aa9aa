/** `select(User).all()`: a statement is no query, and sends nothing. */
import type { Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { isBefore2 } from '../shared/drivers/legacy-version.ts';

export const statementFetchedDirectly: Rule = {
  id: 'statement-fetched-directly',
  category: 'query',
  since: '0.1.0',
  // Type checkers see this one too.
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'Rows are asked of a `select()` itself instead of its result',
    why: "A legacy `Query` knew its session and could be asked for `all()`, `first()` or `count()`. A `select()` is only a description: it has no such methods and raises `AttributeError: 'Select' object has no attribute 'all'`.",
    instead:
      'Let a session execute it: `session.scalars(select(User)).all()`. To count, `session.scalar(select(func.count()).select_from(User))`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/queryguide/select.html'],
  },
  examples: [
    {
      bad: 'def users() -> object:\n    return select(User).where(User.age > 3).all()',
      good: 'def users(session: Session) -> object:\n    return session.scalars(select(User).where(User.age > 3)).all()',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const fetching: ReadonlySet<string> = new Set([
  'execute',
  'all',
  'first',
  'one',
  'one_or_none',
  'scalar',
  'scalars',
  'scalar_one',
  'scalar_one_or_none',
  'fetchall',
  'fetchone',
  'count',
]);

/** Before 2.0 a statement whose tables were bound to an engine could send itself. */
const bound: ReadonlySet<string> = new Set(['execute', 'scalar']);

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute' || !fetching.has(node.function.attribute.id)) return;
  const owner = context.facts.meaningOf(node.function.value);
  // A UNION of legacy queries is a query again.
  if (owner.kind !== 'statement' || owner.statement !== 'select') return;
  if (bound.has(node.function.attribute.id) && isBefore2(context)) return;
  const { id, start, end } = node.function.attribute;
  context.report({
    range: { start, end },
    message: `A select() has no ${id}(): this raises AttributeError; execute it with a session and ask the result`,
  });
}
