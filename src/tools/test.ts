/**
 * `npm test [stage…]`: runs the stages, says when a long one begins, shows one line for what passed and everything for
 * what failed, and ends with the line `N passed, N failed`. Exit code 1 when something failed, 2 for a wrong argument,
 * 130 when interrupted.
 */
import { join } from 'node:path';
import { chromium } from './bootstrap-chromium.ts';
import { editor } from './bootstrap-editor.ts';
import { explainedExitCode } from './explained-exit-code.ts';
import { startPostgres } from './postgres.ts';
import { SetupError } from './setup-error.ts';
import { shopEnvironment } from './shop.ts';
import { stopSignal } from './stop-signal.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { buildAndPackage, checkFormatAndLint, checkGenerated, checkTypes } from './test/checks.ts';
import { runEditorStage } from './test/editor.ts';
import { runPythonChecks } from './test/python.ts';
import { runScaffoldChecks } from './test/scaffold.ts';
import {
  failure,
  STAGE_NAMES,
  type Stage,
  type StageContext,
  type StageName,
  type StageResult,
} from './test/stage.ts';
import { runUnitTests } from './test/unit.ts';

const STAGES: Readonly<Record<StageName, Stage>> = {
  'format+lint': checkFormatAndLint,
  types: checkTypes,
  generated: checkGenerated,
  'build+package': buildAndPackage,
  unit: runUnitTests,
  python: runPythonChecks,
  scaffold: runScaffoldChecks,
  editor: runEditorStage,
};

/** Python's stages need none of the others, so they run beside them: there are at least two cores to fill. */
const LANES: readonly (readonly StageName[])[] = [
  ['format+lint', 'types', 'generated', 'build+package', 'unit', 'editor'],
  ['python', 'scaffold'],
];

/** Those that would leave a reader in front of a silent terminal. */
const LONG_STAGES: ReadonlySet<StageName> = new Set(['unit', 'scaffold', 'editor']);

const signal = stopSignal();
try {
  process.exitCode = await runTests(chosenStages(process.argv.slice(2)));
} catch (error) {
  process.exitCode = explainedExitCode(error, signal);
}

async function runTests(names: ReadonlySet<StageName>): Promise<number> {
  prepareInBackground(names);
  await using scratch = await temporaryFolder('test');
  await using postgres =
    names.has('unit') || names.has('python') || names.has('scaffold')
      ? await startPostgres({ signal })
      : undefined;
  const root = join(import.meta.dirname, '..', '..');
  const context: StageContext = { root, scratch: scratch.path, postgresUrl: postgres?.url, signal };
  const lanes = LANES.map(lane => lane.filter(name => names.has(name)));
  const results = (await Promise.all(lanes.map(lane => runLane(lane, context)))).flat();
  signal.throwIfAborted();
  const total = (key: 'passed' | 'failed') => results.reduce((count, result) => count + result[key], 0);
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') > 0 ? 1 : 0;
}

/** The package is what the editor's stage tests, so it is never tested stale. */
function chosenStages(args: readonly string[]): ReadonlySet<StageName> {
  const isStage = (name: string): name is StageName => STAGE_NAMES.some(known => known === name);
  const unknown = args.find(name => !isStage(name));
  if (unknown !== undefined) {
    throw new SetupError(`Unknown stage "${unknown}". Use some of: ${STAGE_NAMES.join(', ')}.`);
  }
  const names = new Set(args.length > 0 ? args.filter(isStage) : STAGE_NAMES);
  if (names.has('editor')) names.add('build+package');
  return names;
}

/** Downloads go on while the first stages run. A failure shows in the stage that needs the part. */
function prepareInBackground(names: ReadonlySet<StageName>): void {
  const parts: Promise<unknown>[] = [];
  if (names.has('python') || names.has('scaffold') || names.has('editor'))
    parts.push(shopEnvironment(signal));
  if (names.has('editor')) parts.push(editor(signal), chromium(signal));
  for (const part of parts) part.catch(() => {});
}

async function runLane(lane: readonly StageName[], context: StageContext): Promise<StageResult[]> {
  const results: StageResult[] = [];
  for (const name of lane) results.push(await runStage(name, context));
  return results;
}

async function runStage(name: StageName, context: StageContext): Promise<StageResult> {
  const start = performance.now();
  if (LONG_STAGES.has(name)) console.log(`… ${name.padEnd(14)} runs, for some minutes`);
  const result = await STAGES[name](context).catch((error: unknown) => {
    signal.throwIfAborted();
    return failure(describe(error));
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
  const mark = result.failed > 0 ? '✗' : '✓';
  console.log(
    `${mark} ${name.padEnd(14)} ${result.passed} passed, ${result.failed} failed${skipped}  (${seconds} s)`,
  );
  if (result.failed > 0) console.log(`${result.output.trim().replaceAll(/^/gm, '  ')}\n`);
  return result;
}

function describe(error: unknown): string {
  if (error instanceof SetupError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
