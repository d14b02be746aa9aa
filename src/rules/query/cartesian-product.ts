/** `select(User, Post)` without a join: every user with every post. */
import type { Call } from '../../python/syntax.ts';
import type { FromGroup, StatementOutline } from '../../sqlalchemy/statement-outline.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { connectingJoins } from '../shared/statements/connecting-join.ts';
import { type Execution, executionOf, queryExecutionOf } from '../shared/statements/executed-statement.ts';

export const cartesianProduct: Rule = {
  id: 'cartesian-product',
  category: 'query',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'Two tables are selected from, and nothing connects them',
    why: 'A table that is only mentioned, in the list of columns or in a condition, is added to FROM with a comma. Without a join or a condition between the two, every row of one is combined with every row of the other: results multiply, and conditions on one table filter nothing of the other. SQLAlchemy only warns, when the statement runs.',
    instead:
      'Connect them by `.join(User.posts)` or by a condition on the foreign key. Where every combination is meant, say so with `.join(Post, true())`.',
    references: ['https://docs.sqlalchemy.org/en/20/changelog/migration_14.html#change-4737'],
  },
  examples: [
    {
      bad: 'def rows(session: Session) -> object:\n    return session.execute(select(User, Post)).all()',
      good: 'def rows(session: Session) -> object:\n    return session.execute(select(User, Post).join(User.posts)).all()',
    },
    {
      bad: "def rows(session: Session) -> object:\n    return session.scalars(select(User).where(Post.title == 'a')).all()",
      good: "def rows(session: Session) -> object:\n    return session.scalars(select(User).join(User.posts).where(Post.title == 'a')).all()",
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const execution = executionOf(node, context.facts) ?? queryExecutionOf(node, context.facts);
  const products = execution?.outlines.map(unconnected) ?? [];
  const [groups] = products;
  if (!execution || !groups || !products.every(each => each !== null)) return;
  const [first, second] = groups;
  const own = second.location?.path === context.file.path ? second.location.range : null;
  context.report({
    range: own ?? execution.statement,
    message: `Nothing connects ${nameOf(second)} with ${nameOf(first)}: every row of one is combined with every row of the other`,
    fixes: joins(execution, groups, context),
  });
}

/** Along a relationship from what is selected first to the other group; several are a choice. */
function joins(
  { outlines }: Execution,
  [first, second]: readonly [FromGroup, FromGroup],
  context: FileContext,
): readonly ReportedFix[] {
  const [outline, ...others] = outlines;
  if (!outline || others.length > 0 || outline.fromGroups?.length !== 2) return [];
  const there = connectingJoins(outline, second.tables, context);
  return there.length > 0 ? there : connectingJoins(outline, first.tables, context);
}

/** The first two groups of tables with nothing between them. Subqueries may be single rows and do not count. */
function unconnected(outline: StatementOutline): readonly [FromGroup, FromGroup] | null {
  if (!outline.complete || (outline.kind !== 'select' && outline.kind !== 'query')) return null;
  const [first, second] = outline.fromGroups?.filter(group => group.tables.length > 0) ?? [];
  return first && second ? [first, second] : null;
}

function nameOf({ tables }: FromGroup): string {
  return tables[0] ?? 'it';
}
