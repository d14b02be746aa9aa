/** ADD VALUE and the value’s first use in one transaction: PostgreSQL refuses the use. */

import type { ActionOf } from '../../alembic/simulation/action.ts';
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import { sliceOf } from '../../base/range.ts';
import { walk } from '../../python/walk.ts';
import { isSameName } from '../../schema/schema-change.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { inAutocommitBlock, statementOf } from '../shared/revisions/revision-edits.ts';
import type { ActionSubject, RevisionSubject } from '../shared/revisions/revision-subject.ts';
import { isInTransaction } from '../shared/revisions/transaction.ts';

export const enumValueUsedInTransaction: Rule = {
  id: 'enum-value-used-in-transaction',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A new enum value is used in the transaction that adds it',
    why: 'PostgreSQL cannot undo ADD VALUE within an index, and so refuses the new value until the transaction is committed (55P04, “unsafe use of new value”). The upgrade stops.',
    instead:
      'Add the value in `with op.get_context().autocommit_block():`, or in a revision before. On PostgreSQL 11 and older ADD VALUE itself cannot run inside of a transaction.',
    references: [
      'https://www.postgresql.org/docs/current/sql-altertype.html',
      'https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block',
    ],
  },
  examples: [
    {
      bad: `op.execute("ALTER TYPE state ADD VALUE 'archived'")\nop.execute("UPDATE posts SET title = '' WHERE id = 7 AND 'archived'::state IS NOT NULL")`,
      good: `with op.get_context().autocommit_block():\n    op.execute("ALTER TYPE state ADD VALUE 'archived'")\nop.execute("UPDATE posts SET title = '' WHERE id = 7 AND 'archived'::state IS NOT NULL")`,
    },
  ],
  check: { actions: { 'add-enum-value': checkValue } },
};

function checkValue(
  { action, step, revision }: ActionSubject<'add-enum-value'>,
  context: RevisionContext,
): void {
  if (!isInTransaction(step, revision.upgrade) || isMadeHere(action, revision)) return;
  const later = revision.upgrade.slice(revision.upgrade.indexOf(step) + 1);
  const ended = later.findIndex(endsTransaction);
  const use = (ended < 0 ? later : later.slice(0, ended)).find(each => uses(each, action.value, context));
  if (!use) return;
  const statement = statementOf(step, context.file.module);
  const edits =
    statement && step.statement?.alone === true ? inAutocommitBlock(statement, context.file.text) : [];
  context.report({
    range: use.range,
    message: `'${action.value}' is used in the transaction that adds it to ${action.type.name}: PostgreSQL refuses that (55P04)`,
    fixes: edits.length > 0 ? [{ title: 'Add the value outside of the transaction', edits }] : [],
  });
}

/** `autocommit_block()` commits what came before it, as COMMIT does. */
function endsTransaction({ operation, actions }: MigrationStep): boolean {
  return operation.autocommit || actions.some(({ kind }) => kind === 'end-transaction');
}

/** The values of a type of the same transaction are safe. */
function isMadeHere({ type }: ActionOf<'add-enum-value'>, { before }: RevisionSubject): boolean {
  return before.enums.length > 0 && !before.enums.some(each => isSameName(each, type));
}

/** Another ALTER TYPE names a value without using it. */
function uses(
  { operation, statement, actions }: MigrationStep,
  value: string,
  { file }: RevisionContext,
): boolean {
  if (
    actions.some(({ kind }) => kind === 'add-enum-value' || kind === 'create-enum' || kind === 'create-table')
  )
    return false;
  const text = statement?.sql ?? sliceOf(file.text, operation);
  if (text.includes(`'${value}'`) || (statement === null && text.includes(`"${value}"`))) return true;
  // Values that are passed beside the SQL, or bound to it.
  return operation.call.arguments.some(each =>
    [...walk(each.value)].some(inner => inner.kind === 'string' && inner.value === value),
  );
}
