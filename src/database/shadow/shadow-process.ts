/**
 * The shadow database's own process: answers its parent's requests one after the other, and ends with its parent. Any
 * surprise ends it too; the parent starts a fresh one.
 */
import { setFlagsFromString } from 'node:v8';
import type { ShadowReply, ShadowRequest } from './messages.ts';
import { openPglite } from './open-pglite.ts';
import { ShadowSession } from './shadow-session.ts';

// V8's optimising compiler would take half a gigabyte for PGlite's module, and more time than it saves.
setFlagsFromString('--no-wasm-tier-up');
setFlagsFromString('--no-wasm-dynamic-tiering');

let session: ShadowSession | null = null;
/** The request that is being answered. */
let answered = 0;
let queue: Promise<void> = Promise.resolve();

process.on('message', (request: ShadowRequest) => {
  queue = queue.then(() => answer(request)).catch(fail);
});
process.on('disconnect', () => process.exit(0));

async function answer(request: ShadowRequest): Promise<void> {
  answered = request.id;
  if (request.kind === 'start') {
    session = new ShadowSession(await openPglite(request.files), problem =>
      reply({ id: answered, kind: 'problem', problem }),
    );
    return reply({ id: request.id, kind: 'started' });
  }
  if (!session) throw new Error('The first request must be start');
  if (request.kind === 'schema') {
    const { id, statements } = request;
    await session.applySchema(statements, progress => reply({ id, kind: 'progress', ...progress }));
    return reply({ id, kind: 'schema' });
  }
  reply({
    id: request.id,
    kind: 'verdict',
    verdict: request.at
      ? await session.describeAt(request.at, request.sql, request.parameterTypes)
      : await session.describe(request.sql, request.parameterTypes),
  });
}

function reply(message: ShadowReply): void {
  process.send?.(message);
}

function fail(error: unknown): void {
  // Standard error is the parent's log; the statement is not in it.
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
