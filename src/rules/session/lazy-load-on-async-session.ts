/** `user.posts` of an object of an AsyncSession: the relationship was not loaded, and cannot be loaded now. */
import type { FlowFact, LazyLoad } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { importName } from '../shared/code/import-name.ts';
import { codeOf, readBehind } from '../shared/code/session-words.ts';

export const lazyLoadOnAsyncSession: Rule = {
  id: 'lazy-load-on-async-session',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A relationship that was not loaded is read from an object of an `AsyncSession`',
    why: 'Reading it makes SQLAlchemy send a SELECT from plain attribute access, where nothing can be awaited: `MissingGreenlet: greenlet_spawn has not been called`. The same happens to the collection of a new object after `flush()`, and to an assignment to such a collection, since the old one is loaded first.',
    instead:
      'Load it with the statement, `.options(selectinload(User.posts))`, or with the object, `await session.refresh(user, ["posts"])`. A class with `AsyncAttrs` can be asked for it: `await user.awaitable_attrs.posts`. For a new object, give the collection to the constructor: `User(posts=[])`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#preventing-implicit-io-when-using-asyncsession',
      'https://docs.sqlalchemy.org/en/20/errors.html#error-xd2s',
    ],
  },
  examples: [
    {
      bad: 'async def titles(session: AsyncSession, user_id: int) -> list[str]:\n    user = await session.scalar(select(User).where(User.id == user_id))\n    return [post.title for post in user.posts]',
      good: 'async def titles(session: AsyncSession, user_id: int) -> list[str]:\n    user = await session.scalar(select(User).where(User.id == user_id).options(selectinload(User.posts)))\n    return [post.title for post in user.posts]',
    },
    {
      bad: 'async def register(session: AsyncSession, name: str) -> None:\n    user = User(name=name, age=1)\n    session.add(user)\n    await session.flush()\n    user.posts.append(Post(title="Hello"))',
      good: 'async def register(session: AsyncSession, name: str) -> None:\n    user = User(name=name, age=1, posts=[])\n    session.add(user)\n    await session.flush()\n    user.posts.append(Post(title="Hello"))',
    },
  ],
  check: { flow: checkFact },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'lazy-load' || fact.detached) return;
  if (fact.cause !== 'unloaded' && fact.cause !== 'new') return;
  context.report({
    range: fact.node,
    message: `${messageFor(fact)}${readBehind(fact.node)}`,
    fixes: fixesFor(fact, context),
  });
}

function messageFor({ attribute, model, cause, assigned }: LazyLoad): string {
  const name = `${model.name}.${attribute}`;
  const what = cause === 'new' ? `${name} of a flushed object` : name;
  return assigned
    ? `Assigning ${what} loads the old collection first, which an AsyncSession cannot do here: MissingGreenlet`
    : `${what} is not loaded, and an AsyncSession cannot load it on access: MissingGreenlet`;
}

function fixesFor(fact: LazyLoad, context: FileContext): readonly ReportedFix[] {
  const { node, model, attribute, assigned, cause } = fact;
  const fixes: ReportedFix[] = [];
  const option = optionFix(fact, context);
  if (option) fixes.push(option);
  if (
    node.kind !== 'attribute' ||
    !fact.awaitable ||
    assigned ||
    cause === 'new' ||
    !isInCoroutine(context, node)
  )
    return fixes;
  const awaited = `(await ${codeOf(context, node.value)}.awaitable_attrs.${attribute})`;
  fixes.push({
    title: `Await ${model.name}.${attribute}`,
    edits: [{ range: { start: node.start, end: node.end }, newText: awaited }],
  });
  return fixes;
}

/** Where the statement is an argument of this file and the class has a name here. */
function optionFix({ statement, attribute, model }: LazyLoad, context: FileContext): ReportedFix | null {
  if (statement === null || !context.file.scopes.bindings.has(model.name)) return null;
  if (!/^[\w.]+(?:\s*[.(]|$)/.test(codeOf(context, statement))) return null;
  const { expression, edits } = importName(context.file.module, 'sqlalchemy.orm', 'selectinload');
  const end = statement.parenthesized?.end ?? statement.end;
  const newText = `.options(${expression}(${model.name}.${attribute}))`;
  return {
    title: `Load ${attribute} with the statement`,
    edits: [{ range: { start: end, end }, newText }, ...edits],
  };
}

/** Inside a lambda or a comprehension's generator there may be no coroutine to await in. */
function isInCoroutine({ file }: FileContext, { start }: LazyLoad['node']): boolean {
  const before = file.text.slice(0, start);
  return before.lastIndexOf('async def') >= before.lastIndexOf('\ndef') && !/lambda[^\n]*$/.test(before);
}
