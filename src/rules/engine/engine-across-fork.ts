/** An engine of the module and processes that are forked in it: both ends use the same sockets. */
import { sliceOf } from '../../base/range.ts';
import { keywordOf, positionalsOf } from '../../python/argument-at.ts';
import { isAtLeast } from '../../python/packages/version.ts';
import type { Call, FunctionDefinition } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { EngineFact } from '../../sqlalchemy/engine.ts';
import type { Meaning } from '../../sqlalchemy/meaning.ts';
import type { FileContext, Rule } from '../rule.ts';
import { writtenOut } from '../shared/code/bound-once.ts';
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
  const { file, project } = context;
  // From 3.14 on processes are not forked unless that is asked for.
  if (isAtLeast(project.packagesOf(file.path).versionOf('python'), 3, 14) === true) return;
  if (/\bset_start_method\(\s*["'](?:spawn|forkserver)/.test(file.text)) return;
  const workers = workersOf(node, context);
  const known = workers.flatMap(each => functionNamed(each, file) ?? []);
  if (isDisposed(node, known, context)) return;
  const isIdle =
    known.length > 0 && known.length === workers.length && !known.some(each => mayUse(each, context));
  const name = isIdle ? null : (moduleEngine(context)?.name ?? usedInWorker(known, context));
  if (!name) return;
  context.report({
    range: node.function,
    message: `The process that is forked here inherits the sockets of ${name}: two processes then use one connection`,
  });
}

function isFork({ function: called }: Call, context: FileContext): boolean {
  const { facts } = context;
  if (forks.test(libraryNameOf(called, facts) ?? '')) return true;
  // `get_context("fork").Pool(2)`, also of a context with a name.
  if (called.kind !== 'attribute' || !/^(Process|Pool)$/.test(called.attribute.id)) return false;
  const made = writtenOut(called.value, context);
  if (made?.kind !== 'call' || libraryNameOf(made.function, facts) !== 'multiprocessing.get_context')
    return false;
  const method = positionalsOf(made)[0]?.value;
  return method?.kind === 'string' && method.value === 'fork';
}

const handing = /^(map|imap|imap_unordered|starmap|apply|apply_async|map_async|starmap_async|submit)$/;

/** What runs in the new processes, by its names. */
function workersOf(node: Call, context: FileContext): readonly string[] {
  const target = keywordOf(node, 'target')?.value;
  const around = functionAround(context);
  const handed = [...(around ? walk(around) : [])].flatMap(each =>
    each.kind === 'call' && each.function.kind === 'attribute' && handing.test(each.function.attribute.id)
      ? positionalsOf(each).slice(0, 1)
      : [],
  );
  return (target ? [target] : handed.map(each => each.value)).map(each =>
    each.kind === 'name' ? each.id : '',
  );
}

function functionNamed(name: string, { module }: FileContext['file']): FunctionDefinition | null {
  const found = module.body.find(each => each.kind === 'function' && each.name.id === name);
  return found?.kind === 'function' ? found : null;
}

/** By who forks, or by what runs first in the child. */
function isDisposed(node: Call, workers: readonly FunctionDefinition[], context: FileContext): boolean {
  const { file } = context;
  if (/\bdispose\(\s*close\s*=\s*False/.test(file.text)) return true;
  const initializer = keywordOf(node, 'initializer')?.value;
  const first = initializer?.kind === 'name' ? functionNamed(initializer.id, file) : null;
  return [functionAround(context), first, ...workers].some(
    each => each && /\bdispose\(/.test(sliceOf(file.text, each)),
  );
}

/** Whether the function, or one of the file that it calls, has to do with an engine, or with code that is not seen. */
function mayUse(worker: FunctionDefinition, { file, facts }: FileContext): boolean {
  const imported = importedNames(file);
  const seen = new Set([worker]);
  for (const each of seen) {
    for (const node of walk(each)) {
      if (node.kind !== 'name') continue;
      if (imported.has(node.id) || holdsConnections(facts.meaningOf(node))) return true;
      const called = functionNamed(node.id, file);
      if (called !== null) seen.add(called);
    }
  }
  return false;
}

function holdsConnections({ kind }: Meaning): boolean {
  return kind === 'engine' || kind === 'session-factory' || kind === 'session' || kind === 'connection';
}

function importedNames({ module }: FileContext['file']): ReadonlySet<string> {
  return new Set(
    module.body.flatMap(each =>
      each.kind === 'import-from' ? each.names.map(({ name, alias }) => alias?.id ?? name) : [],
    ),
  );
}

/** The engine or session factory of another module that the function which runs in the new processes uses. */
function usedInWorker(workers: readonly FunctionDefinition[], { file, facts }: FileContext): string | null {
  const imported = importedNames(file);
  for (const worker of workers)
    for (const node of walk(worker)) {
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
