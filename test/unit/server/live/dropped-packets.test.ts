import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { run, runOrThrow } from '../../../../src/tools/command.ts';
import { findProgram } from '../../../../src/tools/find-program.ts';
import { toldWithinMs } from './watched.ts';

const isPossible =
  process.getuid?.() === 0 &&
  findProgram('ip') !== undefined &&
  findProgram('unshare') !== undefined &&
  (await run('unshare', ['--net', 'true'])).code === 0;
const skip = isPossible ? false : 'a network namespace needs root and iproute2';

test('packets that are lost without a word: told, back by itself, and no session left', {
  skip,
}, async () => {
  const program = join(import.meta.dirname, 'dropped-packets.ts');
  const { stdout } = await runOrThrow('unshare', ['--net', process.execPath, program]);
  const { message, toldAfterMs } = JSON.parse(stdout);
  assert.ok(toldAfterMs < toldWithinMs, `told after ${toldAfterMs} ms`);
  assert.match(message, /did not answer|too long to answer|was lost|Nothing answers/);
});
