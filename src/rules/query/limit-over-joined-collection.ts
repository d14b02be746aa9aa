/** `select(User).join(User.posts).limit(10)`: LIMIT counts the rows of the join, not the users. */
import { sliceOf } from '../../base/range.ts';
import type { Call } from '../../python/syntax.ts';
import type { StatementOutline } from '../../sqlalchemy/statement-outline.ts';
import type { FileContext, Rule } from '../rule.ts';
import { ownRange } from '../shared/code/own-range.ts';
import { executionOf, queryExecutionOf } from '../shared/statements/executed-statement.ts';

export const limitOverJoinedCollection: Rule = {
  id: 'limit-over-joined-collection',
  category: 'query',
  since: '0.1.0',
  severity: 'warning',
  preset: 'strict',
  fix: null,
  documentation: {
    summary: 'A LIMIT or OFFSET on top of a join to a collection counts rows of the join',
    why: 'A join to a collection gives one row for each member, so an object with three members stands in three rows. LIMIT and OFFSET count those rows: the page holds fewer objects than asked for, the same object may stand on two pages, and an object may be cut in the middle of its members.',
    instead:
      'Ask for the existence of a member with `.where(User.posts.any(…))` or `exists()`, load the collection with `selectinload()`, add `.distinct()`, or limit in a subquery and join to that.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html#the-zen-of-joined-eager-loading',
    ],
  },
  examples: [
    {
      bad: "def page(session: Session) -> object:\n    stmt = select(User).join(User.posts).where(Post.title == 'a').order_by(User.id).limit(10)\n    return session.scalars(stmt).all()",
      good: "def page(session: Session) -> object:\n    stmt = select(User).where(User.posts.any(Post.title == 'a')).order_by(User.id).limit(10)\n    return session.scalars(stmt).all()",
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const execution = executionOf(node, context.facts) ?? queryExecutionOf(node, context.facts);
  if (!execution?.outlines.every(each => countsJoinedRows(each, context))) return;
  const [first] = execution.outlines;
  const join = first?.joins.find(each => each.toMany);
  if (!first || !join) return;
  const range = ownRange(first.limit?.location, context) ?? ownRange(join.target, context);
  const entity = first.items[0]?.model?.name ?? 'object';
  context.report({
    range: range ?? execution.statement,
    message: `LIMIT counts the rows of the join with ${join.name ?? 'a collection'}: ${entity} stands there once for each of them, so the page holds fewer`,
  });
}

/** Only whole objects are asked for, and one of them may stand in several rows. */
function countsJoinedRows(outline: StatementOutline, context: FileContext): boolean {
  const { complete, grouped, distinct, items, joins, offset, limit } = outline;
  if (!complete || grouped || distinct || items.length !== 1 || items[0]?.kind !== 'entity') return false;
  return joins.some(each => each.toMany) && (offset || (limit !== null && !isOne(outline, context)));
}

function isOne({ limit }: StatementOutline, { project }: FileContext): boolean {
  const location = limit?.location;
  const text = location && project.files.get(location.path)?.text;
  return text ? sliceOf(text, location.range) === '1' : false;
}
