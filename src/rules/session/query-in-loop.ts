/** A statement, or a commit, for each pass of a loop. */
import type { FlowFact } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, Rule } from '../rule.ts';
import { isRevision, isTestModule } from '../shared/code/deliberate-change.ts';
import { leavesLoop } from '../shared/code/leaves-loop.ts';
import { nameRange } from '../shared/code/session-words.ts';

export const queryInLoop: Rule = {
  id: 'query-in-loop',
  category: 'session',
  since: '0.1.0',
  severity: 'hint',
  preset: 'all',
  fix: null,
  documentation: {
    summary: 'A statement is sent, or a transaction committed, in each pass of a loop',
    why: 'Each pass waits for a round trip to the database, and each commit for the disk. A hundred passes of two milliseconds are a fifth of a second that one statement would not take.',
    instead:
      'Ask for all rows at once, `select(User).where(User.id.in_(ids))`, insert them at once, `session.add_all(users)` or `session.execute(insert(User), rows)`, and commit after the loop. Loops that work in batches are meant to be like this.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/queryguide/dml.html#orm-bulk-insert-statements'],
  },
  examples: [
    {
      bad: 'def users(session: Session, ids: list[int]) -> list[User | None]:\n    return [session.scalar(select(User).where(User.id == each)) for each in ids]',
      good: 'def users(session: Session, ids: list[int]) -> object:\n    return session.scalars(select(User).where(User.id.in_(ids))).all()',
    },
  ],
  check: { flow: checkFact },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'repeated-query' || fact.what === 'relationship') return;
  if (isTestModule(context.file.name) || isRevision(context.file) || leavesLoop(fact.node, context)) return;
  const message =
    fact.what === 'commit'
      ? 'Each pass of the loop commits a transaction of its own'
      : 'Each pass of the loop sends a statement of its own';
  context.report({ range: nameRange(fact.node), message });
}
