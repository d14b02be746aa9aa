/** A pool class that the engine refuses, or options that its pool does not have. */
import { lastPart } from '../../base/dotted-name.ts';
import { keywordOf } from '../../python/argument-at.ts';
import type { Call } from '../../python/syntax.ts';
import type { EngineFact } from '../../sqlalchemy/engine.ts';
import type { FileContext, Rule } from '../rule.ts';
import { engineOf, isWrapped } from '../shared/drivers/engine-call.ts';
import { libraryNameOf } from '../shared/models/column-call.ts';

export const poolDoesNotFitEngine: Rule = {
  id: 'pool-does-not-fit-engine',
  category: 'engine',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'An engine is given a pool class or pool options that it cannot use',
    why: 'An asynchronous engine refuses pools that block a thread, and a synchronous one the asynchronous pool: `create_engine()` raises `ArgumentError` (pcls). `NullPool` and `StaticPool` keep no connections in reserve: with `pool_size`, `max_overflow` or `pool_timeout` it raises `TypeError`.',
    instead:
      'Leave `poolclass` out for the default: `QueuePool`, or `AsyncAdaptedQueuePool` for an asynchronous engine. With `NullPool` leave the sizes out.',
    references: ['https://docs.sqlalchemy.org/en/20/errors.html#error-pcls'],
  },
  examples: [
    {
      bad: 'from sqlalchemy.ext.asyncio import create_async_engine\nfrom sqlalchemy.pool import QueuePool\n\nengine = create_async_engine("postgresql+asyncpg://localhost/shop", poolclass=QueuePool)',
      good: 'from sqlalchemy.ext.asyncio import create_async_engine\n\nengine = create_async_engine("postgresql+asyncpg://localhost/shop")',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const blocking: ReadonlySet<string> = new Set(['QueuePool', 'SingletonThreadPool']);
const sizes = ['pool_size', 'max_overflow', 'pool_timeout', 'pool_use_lifo'];

/** Options that a pool's class does not take. */
const refused: Readonly<Record<string, readonly string[]>> = {
  NullPool: sizes,
  StaticPool: sizes,
  SingletonThreadPool: sizes.filter(each => each !== 'pool_size'),
};

function checkCall(node: Call, context: FileContext): void {
  const engine = engineOf(node, context);
  const className = engine && (engine.pool.className ?? misfitOfChoice(node, engine, context));
  if (!engine || !className) return;
  const written = keywordOf(node, 'poolclass') ?? node.arguments.find(each => each.unpacked);
  if (written && !fits(className, engine, context)) {
    const kind = engine.kind === 'async' ? 'an asyncio engine' : 'an engine that is not asyncio';
    context.report({
      range: written,
      message: `${className} cannot be used with ${kind}: making the engine raises ArgumentError`,
    });
    return;
  }
  const options = refused[className] ?? [];
  const wrong = options.map(option => keywordOf(node, option)).find(argument => argument !== undefined);
  if (!wrong) return;
  context.report({
    range: wrong,
    message: `${className} does not take ${wrong.keyword?.id}: making the engine raises TypeError`,
  });
}

/** `QueuePool` of `poolclass=NullPool if testing else QueuePool`: one of the two ways fails. */
function misfitOfChoice(node: Call, engine: EngineFact, context: FileContext): string | null {
  const chosen = keywordOf(node, 'poolclass')?.value;
  if (chosen?.kind !== 'conditional') return null;
  const names = [chosen.then, chosen.otherwise].map(each =>
    lastPart(libraryNameOf(each, context.facts) ?? ''),
  );
  return names.find(name => !fits(name, engine, context)) ?? null;
}

function fits(className: string, { kind }: EngineFact, context: FileContext): boolean {
  if (kind === 'async') return !blocking.has(className);
  return className !== 'AsyncAdaptedQueuePool' || isWrapped(context);
}
