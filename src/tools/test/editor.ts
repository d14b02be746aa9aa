/** The stage of the editor tests: once in a trusted workspace and once in Restricted Mode. */
import { access, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestResult } from '../../../test/editor/bridge-protocol.ts';
import { type EditorRun, runEditorTests } from '../../../test/editor/run.ts';
import { packageFile } from './checks.ts';
import { failure, type Stage, type StageResult, sum } from './stage.ts';

export const runEditorStage: Stage = async ({ root, signal }) => {
  const vsix = packageFile(root);
  const isPackaged = await access(vsix).then(
    () => true,
    () => false,
  );
  if (!isPackaged) return failure('There is no database-patterns.vsix to test: see the stage build+package.');
  const output = join(root, 'test', 'output');
  await removePictures(output);
  const results: StageResult[] = [];
  for (const trust of ['trusted', 'restricted'] as const) {
    results.push(stageResult(await runEditorTests({ vsix, trust, output, signal })));
  }
  return sum(results);
};

/** Pictures of an earlier run would pass for ones of this run. */
async function removePictures(output: string): Promise<void> {
  await mkdir(output, { recursive: true });
  for (const name of await readdir(output)) if (name.endsWith('.png')) await rm(join(output, name));
}

export function stageResult({ results, crash }: EditorRun): StageResult {
  const count = (state: TestResult['state']) => results.filter(result => result.state === state).length;
  const lines = results.map(
    ({ title, state, error }) => `${state}: ${title.join(' > ')}${error ? `\n${error}` : ''}`,
  );
  return {
    passed: count('passed'),
    failed: count('failed') + (crash === undefined ? 0 : 1),
    skipped: count('pending'),
    output: [...lines, ...(crash === undefined ? [] : [crash])].join('\n'),
  };
}
