/** An engine of the module and processes that are forked in it: both ends use the same sockets. */
import { keywordOf, positionalsOf } from '../../python/argument-at.ts';
import type { Call } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { EngineFact } from '../../sqlalchemy/engine.ts';
import type { FileContext, Rule } from '../rule.ts';
import { functionAround } from '../shared/code/function-around.ts';
import { libraryNameOf } from '../shared/models/column-call.ts';

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
  if (!isFork(node, context) || keywordOf(node, 'mp_context')) return;
  if (/\bdispose\(|["'](spawn|forkserver)["']/.test(context.file.text)) return;
  const name = moduleEngine(context)?.name ?? usedInWorker(node, context);
  if (!name) return;
  context.report({
    range: node.function,
    message: `The process that is forked here inherits the sockets of ${name}: two processes then use one connection`,
  });
}

function isFork({ function: called }: Call, { facts }: FileContext): boolean {
  if (forks.test(libraryNameOf(called, facts) ?? '')) return true;
  // `get_context("fork").Pool(2)`.
  if (called.kind !== 'attribute' || !/^(Process|Pool)$/.test(called.attribute.id)) return false;
  const made = called.value;
  if (made.kind !== 'call' || libraryNameOf(made.function, facts) !== 'multiprocessing.get_context')
    return false;
  const method = positionalsOf(made)[0]?.value;
  return method?.kind === 'string' && method.value === 'fork';
}

const handing = /^(map|imap|imap_unordered|starmap|apply|apply_async|map_async|starmap_async|submit)$/;

/** The engine or session factory of another module that the function which runs in the new processes uses. */
function usedInWorker(node: Call, context: FileContext): string | null {
  const target = keywordOf(node, 'target')?.value;
  const around = functionAround(context);
  const handed = [...(around ? walk(around) : [])].flatMap(each =>
    each.kind === 'call' && each.function.kind === 'attribute' && handing.test(each.function.attribute.id)
      ? positionalsOf(each).slice(0, 1)
      : [],
  );
  for (const value of target ? [target] : handed.map(each => each.value)) {
    const name = value.kind === 'name' ? importedEngineIn(value.id, context) : null;
    if (name !== null) return name;
  }
  return null;
}

function importedEngineIn(worker: string, { file, facts }: FileContext): string | null {
  const found = file.module.body.find(each => each.kind === 'function' && each.name.id === worker);
  const imported = new Set(
    file.module.body.flatMap(each =>
      each.kind === 'import-from' ? each.names.map(({ name, alias }) => alias?.id ?? name) : [],
    ),
  );
  for (const node of found ? walk(found) : []) {
    if (node.kind !== 'name' || !imported.has(node.id)) continue;
    const { kind } = facts.meaningOf(node);
    if (kind === 'engine' || kind === 'session-factory') return node.id;
  }
  return null;
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
