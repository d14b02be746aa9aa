/**
 * `npm run test:postgres [VERSION…]`: the tests of what watches a server, on each version of PostgreSQL that is supported
 * beside the newest, or on those named. Ends with `N passed, N failed`; exit code 1 when something failed.
 */
import { join } from 'node:path';
import { otherVersions, postgresPackage } from './bootstrap-postgres-version.ts';
import { explainedExitCode } from './explained-exit-code.ts';
import { versionVariable } from './postgres-binaries.ts';
import { stopSignal } from './stop-signal.ts';
import { type StageResult, sum } from './test/stage.ts';
import { runTestFiles } from './test/unit.ts';

const root = join(import.meta.dirname, '..', '..');
const files = [
  'database/activity-parts',
  'database/fleet',
  'database/hostile-names',
  'database/live',
  'database/live-recovery',
  'database/other-products',
  'database/rest',
  'database/watch-18',
  'server/live/failover',
  'server/live/faults',
  'server/live/live-services',
  'server/live/mended-password',
].map(name => join(root, 'test', 'unit', `${name}.test.ts`));

const signal = stopSignal();
try {
  const named = process.argv.slice(2);
  const results: StageResult[] = [];
  for (const version of named.length > 0 ? named : otherVersions) results.push(await runOn(version));
  const { passed, failed } = sum(results);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  process.exitCode = explainedExitCode(error, signal);
}

async function runOn(version: string): Promise<StageResult> {
  await postgresPackage(version, signal);
  // The runner hands on the environment of this process.
  process.env[versionVariable] = version;
  const result = await runTestFiles({ root, files, signal });
  signal.throwIfAborted();
  console.log(`PostgreSQL ${version}: ${result.passed} passed, ${result.failed} failed`);
  if (result.failed > 0) console.log(result.output);
  return result;
}
