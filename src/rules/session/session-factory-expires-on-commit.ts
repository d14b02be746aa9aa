/** `async_sessionmaker(engine)`: every commit expires all objects, and an AsyncSession cannot load them again on access. */
import type { TextEdit } from '../../base/edit.ts';
import type { Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { assignedName } from '../shared/code/assigned-name.ts';
import { isTestModule } from '../shared/code/deliberate-change.ts';
import { nameRange } from '../shared/code/session-words.ts';

export const sessionFactoryExpiresOnCommit: Rule = {
  id: 'session-factory-expires-on-commit',
  category: 'session',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'Asynchronous sessions are made without `expire_on_commit=False`',
    why: 'By default `commit()` expires all objects, and the next access to any attribute loads it. An AsyncSession cannot do that from plain attribute access: after each commit, `user.id` raises `MissingGreenlet`, in the endpoint or when the response is serialised.',
    instead:
      'Pass `expire_on_commit=False`, as the manual does in its own examples. Code that counts on fresh values calls `await session.refresh(user)`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#preventing-implicit-io-when-using-asyncsession',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine\n\nengine = create_async_engine("postgresql+asyncpg://localhost/shop")\nfactory = async_sessionmaker(engine)',
      good: 'from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine\n\nengine = create_async_engine("postgresql+asyncpg://localhost/shop")\nfactory = async_sessionmaker(engine, expire_on_commit=False)',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const makers: ReadonlySet<string> = new Set([
  'sqlalchemy.ext.asyncio.async_sessionmaker',
  'sqlalchemy.orm.sessionmaker',
]);

function checkCall(node: Call, context: FileContext): void {
  const called = context.facts.meaningOf(node.function);
  if (called.kind !== 'library' || !makers.has(called.name)) return;
  const made = context.facts.meaningOf(node);
  if (!('async' in made) || !made.async || isTestModule(context.file.name)) return;
  const isOpen = node.arguments.some(each => each.unpacked || each.value.kind === 'starred');
  if (isOpen || node.arguments.some(each => each.keyword?.id === 'expire_on_commit')) return;
  if (isConfiguredLater(context)) return;
  context.report({
    range: nameRange(node),
    message:
      'Each commit expires all objects of these sessions: reading an attribute afterwards raises MissingGreenlet',
    fixes: [{ title: 'Add expire_on_commit=False', edits: [addition(node, context)] }],
  });
}

/** Without an engine there may be a `factory.configure(expire_on_commit=False)` below. */
function isConfiguredLater(context: FileContext): boolean {
  const name = assignedName(context);
  const owner = name === null ? '' : `\\b${name}`;
  return new RegExp(`${owner}\\.configure\\([^)]*expire_on_commit`).test(context.file.text);
}

/** Behind the last argument, on a line of its own where that has one. */
function addition(node: Call, { file }: FileContext): TextEdit {
  const last = node.arguments.at(-1);
  if (last === undefined) {
    const at = node.argumentsRange.start + 1;
    return { range: { start: at, end: at }, newText: 'expire_on_commit=False' };
  }
  const before = file.text.slice(file.text.lastIndexOf('\n', last.start) + 1, last.start);
  const separator = /^\s+$/.test(before) ? `,\n${before}` : ', ';
  return { range: { start: last.end, end: last.end }, newText: `${separator}expire_on_commit=False` };
}
