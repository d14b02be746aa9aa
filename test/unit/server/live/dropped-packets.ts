// Run in a network namespace of its own, where the loopback interface can be taken away from server and watcher alike.
import { runOrThrow } from '../../../../src/tools/command.ts';
import { startPostgres } from '../../../../src/tools/postgres.ts';
import { waitFor } from '../../../wait-for.ts';
import { isFailed, isObserved, ourSessions, readingOf, watch } from './watched.ts';

const loopback = (state: 'up' | 'down') => runOrThrow('ip', ['link', 'set', 'lo', state]);

await loopback('up');
await using server = await startPostgres();
await using watched = watch(server.url);
const { pools } = watched;
await pools.next(isObserved);
const failed = pools.next(isFailed);
const begun = performance.now();
await loopback('down');
const reading = readingOf(await failed);
const toldAfterMs = performance.now() - begun;
await loopback('up');
await pools.next(isObserved);
// The lost one hears of its end as soon as packets arrive again.
await waitFor('one session of ours', async () => (await ourSessions(server)) === 1);
watched.services.unwatchPools();
await waitFor('no session of ours', async () => (await ourSessions(server)) === 0);
console.log(JSON.stringify({ toldAfterMs, message: reading?.kind === 'failed' ? reading.message : null }));
