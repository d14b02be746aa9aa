/** `session.commit()` of an AsyncSession without `await`: nothing is sent. */
import type { TextEdit } from '../../base/edit.ts';
import type { Expression, ExpressionStatement } from '../../python/syntax.ts';
import type { AwaitMistake, FlowFact } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { nameRange } from '../shared/code/session-words.ts';

export const missingAwait: Rule = {
  id: 'missing-await',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A coroutine of an `AsyncSession` is not awaited',
    why: "`session.commit()` of an AsyncSession only makes a coroutine. Without `await` nothing is sent and the changes are lost, with no more than a RuntimeWarning; where the result is used, the coroutine has no such attribute: `AttributeError: 'coroutine' object has no attribute 'scalars'`. In `await session.execute(statement).scalars()` the `await` stands for the whole chain.",
    instead: 'Await the call itself: `(await session.execute(statement)).scalars()`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#synopsis-orm'],
  },
  examples: [
    {
      bad: 'async def register(session: AsyncSession) -> None:\n    session.add(User(name="Ann", age=1))\n    session.commit()',
      good: 'async def register(session: AsyncSession) -> None:\n    session.add(User(name="Ann", age=1))\n    await session.commit()',
    },
    {
      bad: 'async def users(session: AsyncSession) -> object:\n    return await session.execute(select(User)).scalars().all()',
      good: 'async def users(session: AsyncSession) -> object:\n    return (await session.execute(select(User))).scalars().all()',
    },
  ],
  check: { flow: checkFact, statements: { expression: checkEngine } },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'await-mistake') return;
  if (fact.way !== 'never' && fact.way !== 'attribute' && fact.way !== 'iterated') return;
  context.report({ range: nameRange(fact.node), message: messageFor(fact), fixes: fixesFor(fact, context) });
}

/** `engine.dispose()` of an asynchronous engine. */
function checkEngine({ expression: node }: ExpressionStatement, context: FileContext): void {
  if (node.kind !== 'call' || node.function.kind !== 'attribute') return;
  if (node.function.attribute.id !== 'dispose') return;
  const engine = context.facts.meaningOf(node.function.value);
  if (engine.kind !== 'engine' || !engine.async) return;
  context.report({
    range: nameRange(node),
    message: 'dispose() is never awaited: the connections of the pool stay open',
    fixes: isInCoroutine(context)
      ? [{ title: 'Insert await', edits: [insertion(node.start, 'await ')] }]
      : [],
  });
}

function isInCoroutine({ ancestors }: FileContext): boolean {
  const around = ancestors.findLast(each => each.kind === 'function');
  return around?.kind === 'function' && around.async;
}

function messageFor({ way, method, node }: AwaitMistake): string {
  switch (way) {
    case 'never':
      return `${method}() is never awaited: nothing is ${/^a?close$/.test(method) ? 'closed' : 'sent to the database'}`;
    case 'iterated':
      return `${method}() is not awaited: a coroutine cannot be looped over`;
    default:
      return `${method}() is not awaited: the coroutine has no attribute ${node.kind === 'attribute' ? node.attribute.id : ''}`;
  }
}

function fixesFor({ way, node }: AwaitMistake, context: FileContext): readonly ReportedFix[] {
  const fix = (edits: readonly TextEdit[]) => [{ title: 'Insert await', edits }];
  if (way === 'never') return fix([insertion(node.start, 'await ')]);
  if (way === 'iterated') return node.kind === 'call' ? fix([insertion(node.start, 'await ')]) : [];
  const call = node.kind === 'attribute' ? node.value : node;
  if (call.kind !== 'call') return [];
  const outer = awaitBefore(call, context);
  // The `await` of the whole chain moves to the call.
  const moved = outer === null ? [] : [{ range: outer, newText: '' }];
  return fix([...moved, insertion(call.start, '(await '), insertion(call.end, ')')]);
}

/** The `await` that stands directly before the chain; null for none. */
function awaitBefore(call: Expression, { file }: FileContext): { start: number; end: number } | null {
  const match = /\bawait\s+$/.exec(file.text.slice(0, call.start));
  return match === null ? null : { start: match.index, end: call.start };
}

function insertion(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}
