/** The stage of what is scaffolded: linted, type-checked and run by Python. */
import { checkAutogenerate } from '../../../test/autogenerate/check.ts';
import { checkDrivers } from '../../../test/drivers/check.ts';
import { checkFixes } from '../../../test/fixes/check.ts';
import { checkScaffolds } from '../../../test/scaffold/check.ts';
import { postgres15 } from '../bootstrap-postgres-15.ts';
import { startPostgres } from '../postgres.ts';
import { scaffoldEnvironment } from '../scaffold-environment.ts';
import { type Stage, type StageResult, sum } from './stage.ts';

export const runScaffoldChecks: Stage = async ({ postgresUrl, signal }) => {
  const { python } = await scaffoldEnvironment(signal);
  const outcomes = await checkScaffolds({ python, postgresUrl, signal, projects: [], checks: [] });
  const count = (state: string): number => outcomes.filter(outcome => outcome.state === state).length;
  const failures = outcomes.filter(outcome => outcome.state === 'failed').map(({ output }) => output);
  const scaffolds = {
    passed: count('passed'),
    failed: count('failed'),
    skipped: 0,
    output: failures.join('\n'),
  };
  if (postgresUrl === undefined) return scaffolds;
  return sum([
    scaffolds,
    counted(await checkAutogenerate({ python, postgresUrl })),
    counted(await checkFixes({ python, postgresUrl })),
    counted(await checkDrivers({ python, postgresUrl })),
    await onOlderServer(python, signal),
  ]);
};

/** Revisions that are written from the models, run by Alembic, once more. */
async function onOlderServer(python: string, signal: AbortSignal | undefined): Promise<StageResult> {
  const binaries = await postgres15(signal);
  if (!binaries) return { passed: 0, failed: 0, skipped: 1, output: 'there is no PostgreSQL 15 here' };
  await using server = await startPostgres({ binaries, signal });
  return counted(await checkAutogenerate({ python, postgresUrl: server.url }));
}

/** Of cases that Alembic ran. */
function counted(
  outcomes: readonly { readonly name: string; readonly failures: readonly string[] }[],
): StageResult {
  const failed = outcomes.filter(({ failures }) => failures.length > 0);
  const output = failed.map(({ name, failures }) => `# ${name}\n${failures.join('\n')}`).join('\n');
  return { passed: outcomes.length - failed.length, failed: failed.length, skipped: 0, output };
}
