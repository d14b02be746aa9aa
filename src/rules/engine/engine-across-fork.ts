/** An engine of the module and processes that are forked in it: both ends use the same sockets. */
import { keywordOf } from '../../python/argument-at.ts';
import type { Call } from '../../python/syntax.ts';
import type { EngineFact } from '../../sqlalchemy/engine.ts';
import { libraryNameOf } from '../column-call.ts';
import type { FileContext, Rule } from '../rule.ts';

export const engineAcrossFork: Rule = {
  id: 'engine-across-fork',
  category: 'engine',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'Processes are forked while a module holds an engine',
    why: 'A forked process inherits the pool’s open sockets. Two processes then talk over one connection: answers reach the wrong one, or the server closes it for both. It shows under load, as protocol errors or as rows of another query.',
    instead:
      'Call `engine.dispose(close=False)` first thing in the child, make the engine in the child, use `NullPool`, or start processes with the spawn method.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/pooling.html#using-connection-pools-with-multiprocessing-or-os-fork',
    ],
  },
  examples: [
    {
      bad: 'from multiprocessing import Pool\n\nfrom sqlalchemy import create_engine\n\nengine = create_engine("postgresql+psycopg://localhost/shop")\n\n\ndef load(number: int) -> None:\n    with engine.begin() as connection:\n        connection.execute(insert(Post).values(id=number))\n\n\nif __name__ == "__main__":\n    with Pool(4) as workers:\n        workers.map(load, range(100))',
      good: 'from multiprocessing import Pool\n\nfrom sqlalchemy import create_engine\n\nengine = create_engine("postgresql+psycopg://localhost/shop")\n\n\ndef start() -> None:\n    engine.dispose(close=False)\n\n\ndef load(number: int) -> None:\n    with engine.begin() as connection:\n        connection.execute(insert(Post).values(id=number))\n\n\nif __name__ == "__main__":\n    with Pool(4, initializer=start) as workers:\n        workers.map(load, range(100))',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const forks =
  /^(multiprocessing\.(Process|Pool|pool\.Pool|context\.Process)|concurrent\.futures\.(process\.)?ProcessPoolExecutor|os\.fork)$/;

function checkCall(node: Call, context: FileContext): void {
  const name = libraryNameOf(node.function, context.facts);
  if (name === null || !forks.test(name) || keywordOf(node, 'mp_context')) return;
  if (/\bdispose\(|["'](spawn|forkserver)["']/.test(context.file.text)) return;
  const engine = moduleEngine(context);
  if (!engine) return;
  context.report({
    range: node.function,
    message: `The process that is forked here inherits the sockets of ${engine.name}: two processes then use one connection`,
  });
}

/** An engine that the module itself keeps, with a pool: a function's is made where it runs. */
function moduleEngine({ project, file }: FileContext): EngineFact | null {
  const { body } = file.module;
  return (
    project.engines.find(
      ({ location, name, pool, url }) =>
        location.path === file.path &&
        name !== null &&
        pool.className !== 'NullPool' &&
        !/:memory:|^sqlite:\/\/$/.test(url ?? '') &&
        body.some(
          statement =>
            statement.kind === 'assignment' &&
            statement.start <= location.range.start &&
            location.range.end <= statement.end,
        ),
    ) ?? null
  );
}
