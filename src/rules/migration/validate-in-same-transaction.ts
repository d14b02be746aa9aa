/** NOT VALID and VALIDATE in one transaction: the first lock is held while the second reads the table. */
import type { ActionOf } from '../../alembic/simulation/action.ts';
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import { isSameName } from '../../schema/schema-change.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { blockedBy, lockFacts } from '../shared/revisions/lock-facts.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import { inAutocommitBlock, statementOf } from '../shared/revisions/revision-edits.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';
import { earlierInTransaction } from '../shared/revisions/transaction.ts';

export const validateInSameTransaction: Rule = {
  id: 'validate-in-same-transaction',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A constraint is validated in the transaction that added it as NOT VALID',
    why: 'NOT VALID is there so that the strong lock of ADD CONSTRAINT is given up at once, and the rows are read under a weak one. Locks are kept until the transaction ends: in one transaction the rows are read under the strong lock after all.',
    instead:
      'Validate in a transaction of its own: in `with op.get_context().autocommit_block():`, or in a later revision.',
    references: [
      'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
      'https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block',
    ],
  },
  examples: [
    {
      bad: 'op.create_check_constraint(op.f("ck_events_amount"), "events", "amount > 0", postgresql_not_valid=True)\nop.execute("ALTER TABLE events VALIDATE CONSTRAINT ck_events_amount")',
      good: 'op.create_check_constraint(op.f("ck_events_amount"), "events", "amount > 0", postgresql_not_valid=True)\nwith op.get_context().autocommit_block():\n    op.execute("ALTER TABLE events VALIDATE CONSTRAINT ck_events_amount")',
    },
  ],
  check: { actions: { 'validate-constraint': checkValidation } },
};

function checkValidation(subject: ActionSubject<'validate-constraint'>, context: RevisionContext): void {
  const { action, step, revision } = subject;
  const kind = addedAs(action, earlierInTransaction(step, revision));
  if (kind === null) return;
  const statement = statementOf(step, context.file.module);
  const edits =
    statement && step.statement?.alone === true ? inAutocommitBlock(statement, context.file.text) : [];
  const fixes = edits.length > 0 ? [{ title: 'Validate it in a transaction of its own', edits }] : [];
  const held = kind === 'add-check' ? lockFacts.addCheckNotValid : lockFacts.addForeignKeyNotValid;
  const more = `the transaction still holds ${held.mode} from adding it, so that ${blockedBy(held)} wait meanwhile`;
  const fact = kind === 'add-check' ? 'validateCheck' : 'validateForeignKey';
  const what = `VALIDATE CONSTRAINT ${action.name}`;
  reportLock(subject, { fact, table: action.table, what, more, fixes }, context);
}

function addedAs(
  { table, name }: ActionOf<'validate-constraint'>,
  earlier: readonly MigrationStep[],
): 'add-check' | 'add-foreign-key' | null {
  for (const { actions } of earlier) {
    for (const action of actions) {
      if (action.kind !== 'add-check' && action.kind !== 'add-foreign-key') continue;
      if (action.notValid && action.name === name && isSameName(action.table, table)) return action.kind;
    }
  }
  return null;
}
