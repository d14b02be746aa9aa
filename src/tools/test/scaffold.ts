/** The stage of what is scaffolded: linted, type-checked and run by Python, with the sample workspace's packages. */
import { checkScaffolds } from '../../../test/scaffold/check.ts';
import { shopEnvironment } from '../shop.ts';
import type { Stage } from './stage.ts';

export const runScaffoldChecks: Stage = async ({ postgresUrl, signal }) => {
  const { python } = await shopEnvironment(signal);
  const outcomes = await checkScaffolds({ python, postgresUrl, signal, projects: [], checks: [] });
  const count = (state: string): number => outcomes.filter(outcome => outcome.state === state).length;
  const failures = outcomes.filter(outcome => outcome.state === 'failed').map(({ output }) => output);
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: 0,
    output: failures.join('\n'),
  };
};
