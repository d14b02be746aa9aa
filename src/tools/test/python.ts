/** The stage of the Python side: the sample workspace's style, types and tests, on PostgreSQL and on SQLite. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../command.ts';
import { shopEnvironment, shopFolder } from '../shop.ts';
import { checkCommand, type Stage, type StageContext, type StageResult, sum } from './stage.ts';

export const runPythonChecks: Stage = async context => {
  const { python } = await shopEnvironment(context.signal);
  const options = { cwd: shopFolder, signal: context.signal };
  const results: StageResult[] = [];
  for (const args of [
    ['ruff', 'check', '.'],
    ['ruff', 'format', '--check', '.'],
    ['mypy', '--strict', 'app', 'tests'],
  ]) {
    results.push(await checkCommand(python, ['-m', ...args], options));
  }
  results.push(await runPytest(python, context));
  return sum(results);
};

async function runPytest(
  python: string,
  { scratch, postgresUrl, signal }: StageContext,
): Promise<StageResult> {
  const report = join(scratch, 'pytest.xml');
  const env = {
    ...process.env,
    SHOP_TEST_DATABASE_URL: postgresUrl?.replace(/^postgresql:/, 'postgresql+asyncpg:'),
  };
  const args = ['-m', 'pytest', '--quiet', `--junitxml=${report}`];
  const { code, output } = await run(python, args, { cwd: shopFolder, env, signal });
  const counts = readJUnit(await readFile(report, 'utf8').catch(() => ''));
  const unexplained = code !== 0 && counts.failed === 0 ? 1 : 0;
  return { ...counts, failed: counts.failed + unexplained, output };
}

/** The figures in the attributes of JUnit's one `<testsuite>` element. */
function readJUnit(xml: string): Pick<StageResult, 'passed' | 'failed' | 'skipped'> {
  const element = /<testsuite\s[^>]*>/.exec(xml)?.[0] ?? '';
  const figure = (name: string) => Number(new RegExp(`\\s${name}="(\\d+)"`).exec(element)?.[1] ?? 0);
  const failed = figure('failures') + figure('errors');
  const skipped = figure('skipped');
  return { passed: figure('tests') - failed - skipped, failed, skipped };
}
