// Run in a network namespace of its own, where the loopback interface can be taken away from server and watcher alike.
import { runOrThrow } from '../../../../src/tools/command.ts';
import { startPostgres } from '../../../../src/tools/postgres.ts';
import { isFailed, isObserved, readingOf, watch } from './watched.ts';

const loopback = (state: 'up' | 'down') => runOrThrow('ip', ['link', 'set', 'lo', state]);

await loopback('up');
await using server = await startPostgres();
await using watched = watch(server.url);
const { pools } = watched;
await pools.next(isObserved);
const failed = pools.next(isFailed);
await loopback('down');
const reading = readingOf(await failed);
await loopback('up');
await pools.next(isObserved);
console.log(JSON.stringify({ message: reading?.kind === 'failed' ? reading.message : null }));
