/** `create_engine(…)` inside an endpoint, a dependency or a task: a new pool, and new connections, each time it runs. */
import { sliceOf } from '../../base/range.ts';
import { lastName } from '../../python/last-name.ts';
import type { Call, Expression, FunctionDefinition } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { isListed, nameList } from '../rule-option.ts';
import { isTestModule } from '../shared/code/deliberate-change.ts';
import { nameRange } from '../shared/code/session-words.ts';

const cacheDecorators = nameList({
  name: 'cache-decorators',
  summary:
    'Decorators besides `lru_cache`, `cache`, `cached` and `singleton` that call a function once and keep what it gives',
});

export const engineForEachRequest: Rule = {
  id: 'engine-for-each-request',
  category: 'session',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'An engine is created for each request',
    why: 'An engine holds the connection pool. One that is made inside an endpoint or a dependency opens connections of its own for every request, keeps them until it is collected, and soon meets `FATAL: sorry, too many clients already`.',
    instead:
      'Create the engine once, at module level or in the lifespan of the application, and only the session for each request.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/connections.html#basic-usage',
      'https://fastapi.tiangolo.com/advanced/events/',
    ],
  },
  options: [cacheDecorators],
  examples: [
    {
      bad: 'from collections.abc import Iterator\n\nfrom fastapi import APIRouter, Depends\nfrom sqlalchemy import create_engine\n\nrouter = APIRouter()\n\n\ndef get_session() -> Iterator[Session]:\n    engine = create_engine("postgresql+psycopg://localhost/shop")\n    with Session(engine) as session:\n        yield session\n\n\n@router.get("/users")\ndef users(session: Session = Depends(get_session)) -> object:\n    return session.scalars(select(User)).all()',
      good: 'from collections.abc import Iterator\n\nfrom fastapi import APIRouter, Depends\nfrom sqlalchemy import create_engine\n\nrouter = APIRouter()\nengine = create_engine("postgresql+psycopg://localhost/shop")\n\n\ndef get_session() -> Iterator[Session]:\n    with Session(engine) as session:\n        yield session\n\n\n@router.get("/users")\ndef users(session: Session = Depends(get_session)) -> object:\n    return session.scalars(select(User)).all()',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const makers: ReadonlySet<string> = new Set([
  'sqlalchemy.create_engine',
  'sqlalchemy.ext.asyncio.create_async_engine',
  'sqlmodel.create_engine',
]);

function checkCall(node: Call, context: FileContext): void {
  const called = context.facts.meaningOf(node.function);
  if (called.kind !== 'library' || !makers.has(called.name) || isTestModule(context.file.name)) return;
  const functions = context.ancestors.filter(each => each.kind === 'function');
  const around = functions.at(-1);
  if (around?.kind !== 'function' || functions.length !== 1 || isKept(around, context)) return;
  const who = isTask(around, context)
    ? 'run of the task'
    : isEndpoint(around) || isDependency(around, context)
      ? 'request'
      : null;
  if (who === null || poolsNothing(node, context)) return;
  context.report({
    range: nameRange(node),
    message: `Every ${who} makes an engine with a connection pool of its own`,
  });
}

const cached = /^(?:lru_cache|cache|cached|singleton)$/;
const verbs = /^(?:get|post|put|patch|delete|head|options|api_route|route|websocket)$/;

function isKept({ decorators, body }: FunctionDefinition, context: FileContext): boolean {
  const listed = context.option(cacheDecorators);
  const keeps = (name: string) => cached.test(name) || isListed(listed, name);
  return decorators.some(each => keeps(nameOf(each))) || body.some(each => each.kind === 'global');
}

/** `@router.get("/users")`. */
function isEndpoint({ decorators }: FunctionDefinition): boolean {
  return decorators.some(
    each => each.kind === 'call' && each.function.kind === 'attribute' && verbs.test(nameOf(each)),
  );
}

/** `@shared_task`, `@celery.task(…)`, `@dramatiq.actor`; one that ends its engine by itself leaves nothing behind. */
function isTask(node: FunctionDefinition, { file }: FileContext): boolean {
  return (
    node.decorators.some(each => /^(?:shared_task|task|actor)$/.test(nameOf(each))) &&
    !/\.dispose\(/.test(sliceOf(file.text, node))
  );
}

/** `NullPool` keeps no connections. */
function poolsNothing(node: Call, { file }: FileContext): boolean {
  return /\bNullPool\b/.test(sliceOf(file.text, node));
}

function nameOf(decorator: Expression): string {
  return lastName(decorator.kind === 'call' ? decorator.function : decorator) ?? '';
}

/** Named in a `Depends(…)` of the file. */
function isDependency({ name }: FunctionDefinition, { file }: FileContext): boolean {
  return new RegExp(`\\bDepends\\(\\s*${name.id}\\b`).test(file.text);
}
