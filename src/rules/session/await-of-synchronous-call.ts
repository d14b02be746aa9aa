/** `await session.add(user)`: what is awaited is no awaitable. */
import { findNodePath } from '../../python/walk.ts';
import type { AwaitMistake, FlowFact } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { nameRange } from '../shared/code/session-words.ts';

export const awaitOfSynchronousCall: Rule = {
  id: 'await-of-synchronous-call',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: '`await`, `for` or `async for` over something that is not made for it',
    why: "`add()` and `expunge()` of an AsyncSession, and the methods of the result of `execute()` and `scalars()`, are plain functions: `TypeError: object list can't be used in 'await' expression`. The result of `stream()` is the other way round: its methods are awaited, and it is looped over by `async for`. The methods of a synchronous Session are never awaited.",
    instead:
      'Leave the `await` out: `session.add(user)`, `result.scalars().all()`. For rows one by one, `async for row in await session.stream(statement)`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#streaming-orm-results'],
  },
  examples: [
    {
      bad: 'async def register(session: AsyncSession) -> None:\n    await session.add(User(name="Ann", age=1))\n    await session.commit()',
      good: 'async def register(session: AsyncSession) -> None:\n    session.add(User(name="Ann", age=1))\n    await session.commit()',
    },
    {
      bad: 'async def names(session: AsyncSession) -> list[str]:\n    result = await session.scalars(select(User.name))\n    return list(await result.all())',
      good: 'async def names(session: AsyncSession) -> list[str]:\n    result = await session.scalars(select(User.name))\n    return list(result.all())',
    },
  ],
  check: { flow: checkFact },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'await-mistake' || isOutvoted(fact, context)) return;
  const message = messageFor(fact);
  if (message !== null)
    context.report({ range: nameRange(fact.node), message, fixes: fixesFor(fact, context) });
}

/**
 * That a parameter is a synchronous session, its annotation alone says. Where each statement that it sends is awaited, it is
 * the annotation that is mistaken, and the code runs.
 */
function isOutvoted({ node }: AwaitMistake, { file }: FileContext): boolean {
  if (node.kind !== 'call' || node.function.kind !== 'attribute') return false;
  const { value: owner, attribute } = node.function;
  if (owner.kind !== 'name' || !sending.test(attribute.id)) return false;
  const around = findNodePath(file.module, node.start).find(
    each => each.kind === 'function' && each.parameters.some(({ name }) => name.id === owner.id),
  );
  if (around === undefined) return false;
  const calls = new RegExp(`(\\bawait\\s+)?\\b${owner.id}\\.(\\w+)\\(`, 'g');
  const text = file.text.slice(around.start, around.end);
  return [...text.matchAll(calls)].every(
    ([, awaited, method = '']) => awaited !== undefined || !sending.test(method),
  );
}

const sending =
  /^(?:execute|exec|scalars|scalar|get|get_one|flush|commit|rollback|refresh|delete|merge|connection)$/;

function messageFor({ way, method }: AwaitMistake): string | null {
  switch (way) {
    case 'needless':
      return `${method}() gives nothing that can be awaited: TypeError`;
    case 'async-for':
      return 'Rows that are fetched already cannot be looped over by async for: TypeError';
    case 'plain-for':
      return 'A streamed result is looped over by async for: TypeError';
    default:
      return null;
  }
}

function fixesFor({ way, node }: AwaitMistake, { file }: FileContext): readonly ReportedFix[] {
  const before = file.text.slice(0, node.start);
  const match = way === 'needless' ? /\bawait\s+$/.exec(before) : null;
  return match === null
    ? []
    : [{ title: 'Remove await', edits: [{ range: { start: match.index, end: node.start }, newText: '' }] }];
}
