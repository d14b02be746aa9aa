/** The stage of everything that runs under Node's own test runner: unit tests, rule specifications, architecture. */
import { glob } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type EventData, run } from 'node:test';
import { spec } from 'node:test/reporters';
import { failure, type Stage, type StageContext, type StageResult } from './stage.ts';

const TEST_TIMEOUT_MS = 120_000;

export const runUnitTests: Stage = async ({ root, postgresUrl, signal }) => {
  const files = await testFiles(root);
  if (files.length === 0) return failure('There are no test files below test/.');
  process.env.DBPATTERNS_TEST_POSTGRES = postgresUrl; // The runner hands on the environment of this process.
  return runTestFiles({ root, files, signal });
};

export interface TestFiles extends Pick<StageContext, 'root' | 'signal'> {
  readonly files: readonly string[];
}

export async function runTestFiles({ root, files, signal }: TestFiles): Promise<StageResult> {
  const events = run({
    files: [...files],
    cwd: root,
    concurrency: availableParallelism(),
    timeout: TEST_TIMEOUT_MS,
    signal,
  });
  let counts: EventData.TestSummary['counts'] | undefined;
  events.on('test:summary', summary => {
    // Each file has a summary of its own; the one without a file is the whole run's.
    if (summary.file === undefined) counts = summary.counts;
  });
  const output = await text(events.compose(new spec()));
  if (counts === undefined) return failure(`The test runner gave no figures.\n${output}`);
  const skipped = counts.skipped + counts.todo;
  return { passed: counts.passed, failed: counts.tests - counts.passed - skipped, skipped, output };
}

/** The editor's tests run in the editor, and the sample workspaces bring their own. */
async function testFiles(root: string): Promise<string[]> {
  const files: string[] = [];
  const exclude = ['test/editor', 'test/workspaces', 'test/output'];
  for await (const file of glob('test/**/*.test.ts', { cwd: root, exclude })) files.push(join(root, file));
  return files.sort();
}
