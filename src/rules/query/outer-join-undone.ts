/** `select(User).outerjoin(User.posts).where(Post.title == "a")`: WHERE drops every row that the outer join kept. */

import type { Call } from '../../python/syntax.ts';
import type { OutlineJoin } from '../../sqlalchemy/statement-outline.ts';
import type { FileContext, Rule } from '../rule.ts';
import { ownRange } from '../shared/code/own-range.ts';
import { executionOf, queryExecutionOf } from '../shared/statements/executed-statement.ts';
import { innerJoinFixes } from '../shared/statements/inner-join-fix.ts';

export const outerJoinUndone: Rule = {
  id: 'outer-join-undone',
  category: 'query',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A condition on the optional side of an outer join makes it an inner one',
    why: 'An outer join keeps the rows that have no partner and fills in NULL. A comparison with NULL is never true, so that a condition on those columns in WHERE drops exactly the rows that the outer join was written for: what runs is an inner join.',
    instead:
      'Put the condition into ON: `.outerjoin(Post, and_(Post.author_id == User.id, Post.title == "a"))` or `.outerjoin(User.posts.and_(Post.title == "a"))`. To let rows without a partner pass, say so: `or_(Post.id.is_(None), Post.title == "a")`. Where an inner join is meant, write `.join()`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/queryguide/select.html#joins'],
  },
  examples: [
    {
      bad: "def users(session: Session) -> object:\n    return session.scalars(select(User).outerjoin(User.posts).where(Post.title == 'a')).all()",
      good: "def users(session: Session) -> object:\n    return session.scalars(select(User).outerjoin(User.posts.and_(Post.title == 'a'))).all()",
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const execution = executionOf(node, context.facts) ?? queryExecutionOf(node, context.facts);
  if (!execution?.outlines.every(each => each.complete && each.joins.some(isUndone))) return;
  const undone = execution.outlines[0]?.joins.find(isUndone);
  const condition = ownRange(undone?.undoneBy[0], context);
  if (!undone || !condition) return;
  context.report({
    range: condition,
    message: `This is never true where ${undone.name ?? 'the joined side'} is missing: WHERE drops the rows that the outer join keeps, and an inner join runs`,
    fixes: execution.outlines.length === 1 ? innerJoinFixes(undone, condition, context) : [],
  });
}

function isUndone({ style, undoneBy }: OutlineJoin): boolean {
  return style === 'left' && undoneBy.length > 0;
}
