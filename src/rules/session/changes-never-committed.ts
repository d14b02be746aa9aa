/** A session that is opened, changed and closed without a commit: the changes are rolled back. */
import type { FlowFact } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, Rule } from '../rule.ts';
import { isTestModule } from '../shared/code/deliberate-change.ts';
import { lineOf } from '../shared/code/session-words.ts';
import { isBefore2 } from '../shared/drivers/legacy-version.ts';

export const changesNeverCommitted: Rule = {
  id: 'changes-never-committed',
  category: 'session',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A session closes without a commit, and what was changed in it is lost',
    why: '`with Session(engine) as session:` closes the session at its end, and closing rolls back. What was added, deleted, changed or flushed is gone, without an error. So it is with `engine.connect()`, and with a session that FastAPI’s `Depends()` gives where the dependency does not commit after its `yield`.',
    instead:
      'Call `session.commit()` inside the block, or open the session with its transaction: `with Session(engine) as session, session.begin():`, `with factory.begin() as session:`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/session_basics.html#opening-and-closing-a-session'],
  },
  examples: [
    {
      bad: 'def register(engine, name: str) -> None:\n    with Session(engine) as session:\n        session.add(User(name=name, age=1))',
      good: 'def register(engine, name: str) -> None:\n    with Session(engine) as session, session.begin():\n        session.add(User(name=name, age=1))',
    },
  ],
  check: { flow: checkFact },
};

/** Connections of 1.x commit each statement, and so does the isolation level AUTOCOMMIT of whichever engine. */
function commitsByItself(context: FileContext): boolean {
  return isBefore2(context) || context.project.filesWith(/AUTOCOMMIT/).length > 0;
}

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'uncommitted-change' || isTestModule(context.file.name)) return;
  if (fact.connection && commitsByItself(context)) return;
  const what = fact.connection ? 'connection' : 'session';
  context.report({
    range: fact.node,
    message: `The ${what} of line ${lineOf(context, fact.closedBy)} closes without a commit: this change is rolled back`,
  });
}
