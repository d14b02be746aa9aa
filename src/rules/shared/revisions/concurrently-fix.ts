/** CONCURRENTLY put into SQL, with the statement outside of the transaction that it cannot run in. */
import type { MigrationStep } from '../../../alembic/simulation/steps.ts';
import type { ReportedFix, RevisionContext } from '../../rule.ts';
import { inAutocommitBlock, insertInSql, statementOf } from './revision-edits.ts';

export interface SqlInsertion {
  /** Up to where the words go in. */
  readonly after: RegExp;
  readonly words: string;
}

/** None where the SQL is one of several statements that are sent at once: that is a transaction of its own. */
export function concurrentlyFix(
  step: MigrationStep,
  { file }: RevisionContext,
  { after, words }: SqlInsertion,
): readonly ReportedFix[] {
  const statement = statementOf(step, file.module);
  const edit = step.statement?.alone === true ? insertInSql(step, after, words) : null;
  if (!statement || !edit) return [];
  const block = step.operation.autocommit ? [] : inAutocommitBlock(statement, file.text);
  return [{ title: 'Do it concurrently, outside of the transaction', edits: [...block, edit] }];
}
