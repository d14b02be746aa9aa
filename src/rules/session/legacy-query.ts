/** `session.query(User)`: the API of SQLAlchemy 1.x, which goes on but does not grow. */
import type { Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { nameRange } from '../shared/code/session-words.ts';

export const legacyQuery: Rule = {
  id: 'legacy-query',
  category: 'session',
  since: '0.1.0',
  severity: 'hint',
  preset: 'all',
  fix: null,
  documentation: {
    summary: 'A statement is built by the legacy `session.query()`',
    why: '`Query` is kept for programs of SQLAlchemy 1.x. It does not work with an AsyncSession, is not typed as far as `select()`, and new features of the ORM are not added to it.',
    instead:
      'Write `session.scalars(select(User).where(…)).all()`, `session.get(User, 1)`, `session.scalar(select(func.count()).select_from(User))`.',
    references: ['https://docs.sqlalchemy.org/en/20/changelog/migration_20.html#migration-20-query-usage'],
  },
  examples: [
    {
      bad: 'def users(session: Session) -> list[User]:\n    return session.query(User).order_by(User.id).all()',
      good: 'def users(session: Session) -> object:\n    return session.scalars(select(User).order_by(User.id)).all()',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute' || node.function.attribute.id !== 'query') return;
  const { facts } = context;
  const owner = facts.meaningOf(node.function.value);
  const made = facts.meaningOf(node);
  const isQuery =
    (made.kind === 'statement' && made.statement === 'query') || (owner.kind === 'session' && !owner.async);
  if (!isQuery || (owner.kind === 'session' && owner.async)) return;
  context.report({
    range: nameRange(node),
    message: 'Query is the legacy API of SQLAlchemy 1.x: use select()',
  });
}
