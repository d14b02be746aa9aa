/** Which steps of a revision share a transaction: Alembic's own, unless a block or COMMIT ends it. */
import type { MigrationStep } from '../../../alembic/simulation/steps.ts';
import type { RevisionSubject } from './revision-subject.ts';

/** False in `autocommit_block()`, and after a COMMIT by hand. `steps` are those of the same function. */
export function isInTransaction(step: MigrationStep, steps: readonly MigrationStep[]): boolean {
  if (step.operation.autocommit) return false;
  return !steps
    .slice(0, steps.indexOf(step))
    .some(({ actions }) => actions.some(action => action.kind === 'end-transaction'));
}

/** Earlier steps whose locks are still held at this one. `autocommit_block()` commits what came before it. */
export function earlierInTransaction(
  step: MigrationStep,
  revision: RevisionSubject,
): readonly MigrationStep[] {
  if (!isInTransaction(step, revision.upgrade)) return [];
  const earlier = revision.upgrade.slice(0, revision.upgrade.indexOf(step));
  return earlier.slice(earlier.findLastIndex(each => each.operation.autocommit) + 1);
}

/** A revision or env.py that sets AUTOCOMMIT, or tells Alembic to use no transactions, has none. */
export function usesNoTransaction(text: string): boolean {
  return /\bAUTOCOMMIT\b|transactional_ddl\s*=\s*False|set_isolation_level/.test(text);
}

/** An env.py that is given its connection says nothing of the transaction that is running, or not, on it. */
export function connectsElsewhere(environment: string): boolean {
  return environment !== '' && !/engine|\bconnect\w*\(/i.test(environment);
}
