/** Runs the bundled test files with Mocha inside the editor's extension host and reports each test through the bridge. */
import Mocha from 'mocha';
import type { TestResult } from '../bridge-protocol.ts';
import { report } from './window.ts';

const TEST_TIMEOUT_MS = 60_000;

/** Set by whoever works on one test: only the tests whose titles match it run. */
const GREP_VARIABLE = 'DBPATTERNS_TEST_GREP';

/** Fails when a test failed, which the editor turns into the exit code. */
export async function runSuite(files: readonly (() => Promise<unknown>)[]): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: TEST_TIMEOUT_MS, reporter: Mocha.reporters.Base });
  const wanted = process.env[GREP_VARIABLE];
  if (wanted !== undefined) mocha.grep(new RegExp(wanted));
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const load of files) await load();
  const reports: Promise<void>[] = [];
  // A failure is pictured before the next test changes what the window shows.
  mocha.suite.afterEach(async () => {
    await Promise.all(reports);
  });
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(resolve);
    runner.on('pass', test => reports.push(report(result(test, 'passed'))));
    runner.on('fail', (test, error: unknown) => reports.push(report(result(test, 'failed', error))));
    runner.on('pending', test => reports.push(report(result(test, 'pending'))));
  });
  await Promise.all(reports);
  if (failures > 0) throw new Error(`${failures} failed`);
}

function result(test: Mocha.Runnable, state: TestResult['state'], error?: unknown): TestResult {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    title: test.titlePath(),
    state,
    durationMs: test.duration ?? 0,
    ...(state === 'failed' ? { error: text } : {}),
  };
}
