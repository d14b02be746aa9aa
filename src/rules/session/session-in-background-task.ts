/** `background_tasks.add_task(work, session)`: the request's session closes while the task goes on. */
import type { Call, Expression } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';

export const sessionInBackgroundTask: Rule = {
  id: 'session-in-background-task',
  category: 'session',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: "A request's session, or an object of it, is handed to a background task",
    why: 'A background task runs when the response is sent, and the dependency that made the session closes it at about the same time: before the task in FastAPI 0.106 to 0.117, after it in others. The task then works on a closed session, which takes a new connection from the pool that nobody gives back, or on detached objects: `DetachedInstanceError`.',
    instead:
      'Hand over the key, and let the task open a session of its own: `background_tasks.add_task(notify, user.id)`.',
    references: [
      'https://fastapi.tiangolo.com/tutorial/background-tasks/',
      'https://fastapi.tiangolo.com/advanced/advanced-dependencies/',
    ],
  },
  examples: [
    {
      bad: 'from fastapi import BackgroundTasks\n\n\ndef register(session: Session, background_tasks: BackgroundTasks) -> None:\n    background_tasks.add_task(notify, session)\n\n\ndef notify(session: Session) -> None:\n    print(session.scalar(select(User.name)))',
      good: 'from fastapi import BackgroundTasks\n\n\ndef register(background_tasks: BackgroundTasks, user_id: int) -> None:\n    background_tasks.add_task(notify, user_id)\n\n\ndef notify(user_id: int) -> None:\n    print(user_id)',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute' || node.function.attribute.id !== 'add_task') return;
  if (!/BackgroundTasks?\b/.test(context.file.text)) return;
  for (const { value } of node.arguments.slice(1)) {
    const what = handedOver(value, context);
    if (what !== null)
      context.report({
        range: value,
        message: `The request closes ${what} while the background task runs: give it the key instead`,
      });
  }
}

function handedOver(value: Expression, { facts }: FileContext): string | null {
  const meaning = facts.meaningOf(value);
  return meaning.kind === 'session' ? 'this session' : null;
}
