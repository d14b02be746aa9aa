import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { progressLine } from '../../../src/cli/progress-line.ts';

/** What is written to a stream, and a promise of its next piece. */
function stream(isTTY: boolean) {
  const made = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY });
  const next = () => new Promise<string>(resolve => made.once('data', resolve));
  return { made, next };
}

test('a terminal is told what takes its time, and the line is gone at the end', async () => {
  const { made, next } = stream(true);
  const progress = progressLine(made, 0);
  const first = next();
  progress.say('Building the schema…');
  assert.equal(await first, '\rBuilding the schema…');
  const rest = next();
  progress[Symbol.dispose]();
  assert.equal(await rest, `\r${' '.repeat('Building the schema…'.length)}`);
});

test('a pipe is told nothing', () => {
  const { made } = stream(false);
  const progress = progressLine(made, 0);
  progress.say('Building the schema…');
  progress[Symbol.dispose]();
  assert.equal(made.read(), null);
});
