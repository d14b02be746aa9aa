/** What a tool starts ends with it: when it is stopped, with everything it started, and when the tool is killed. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { Service } from '../../../src/tools/service.ts';
import { waitFor } from '../../wait-for.ts';

const TOOL = new URL('../../../src/tools/service.ts', import.meta.url).href;

test('stopping a service ends its children too, even those that do not want to', async () => {
  // The shell ignores the polite signal and so does the child that it starts.
  const script = 'trap "" INT; (trap "" INT; sleep 600) & echo "child $!"; wait';
  const service = new Service('sh', ['-c', script], { name: 'A stubborn shell', graceMs: 200 });
  await service.waitUntil(() => /child \d+/.test(service.output), { timeoutMs: 5000 });
  const child = Number(/child (\d+)/.exec(service.output)?.[1]);
  assert.ok(isAlive(child));
  await service.stop();
  assert.ok(service.hasEnded);
  assert.ok(!isAlive(child));
});

test('a service that ends before it is ready is reported in its own words', async () => {
  await using service = new Service('sh', ['-c', 'echo no such database; exit 3'], { name: 'The shop' });
  await assert.rejects(
    service.waitUntil(() => false, { timeoutMs: 5000 }),
    /The shop ended before it was ready\.\nno such database/,
  );
  assert.equal(await service.exited, 3);
});

test('a service ends when the process that started it is killed', async () => {
  const program = `
    import { Service } from ${JSON.stringify(TOOL)};
    const service = new Service('sh', ['-c', 'echo pid $$; exec sleep 600'], {
      name: 'A sleeper',
      onOutput: text => process.stdout.write(text),
    });
  `;
  const tool = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: tool.stdout }), 'line')) as [string];
  const sleeper = Number(line.replace('pid ', ''));
  assert.ok(isAlive(sleeper));
  tool.kill('SIGKILL');
  await waitFor('the end of what it started', () => !isAlive(sleeper));
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
