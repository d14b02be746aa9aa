/** A constraint added as NOT VALID and validated in a transaction of its own: the fix for both kinds that can be. */

import type { TableName } from '../../../alembic/directives/operation.ts';
import type { MigrationStep } from '../../../alembic/simulation/steps.ts';
import type { TextEdit } from '../../../base/edit.ts';
import { quoteIdentifier, quoteQualified } from '../../../schema/identifier.ts';
import type { ReportedFix, RevisionContext } from '../../rule.ts';
import { checkConstraintName } from './naming-convention.ts';
import {
  autocommitBlock,
  insertAfter,
  insertInSql,
  pythonString,
  setKeyword,
  statementOf,
} from './revision-edits.ts';

export interface NamedConstraint {
  readonly table: TableName;
  readonly name: string | null;
}

/** None for a constraint without a name, which cannot be validated, and for one that a column brings along. */
export function notValidFix(
  step: MigrationStep,
  { table, name }: NamedConstraint,
  { file, project }: RevisionContext,
): readonly ReportedFix[] {
  const statement = statementOf(step, file.module);
  const edit = name === null ? null : notValidEdit(step);
  const inDatabase =
    name !== null && takesConvention(step) ? checkConstraintName(project, table, name) : name;
  if (!statement || !edit || inDatabase === null) return [];
  const after = insertAfter(statement, validateLines(table, inDatabase), file.text);
  return [
    { title: 'Add it as NOT VALID, and validate it in a transaction of its own', edits: [edit, after] },
  ];
}

/** A check by directive, whose name is not marked as whole by `op.f()`. */
function takesConvention({ operation }: MigrationStep): boolean {
  if (operation.kind !== 'create-constraint' || operation.constraint.kind !== 'check') return false;
  const { arguments: given } = operation.call;
  const name = given.find(({ keyword }) => keyword?.id === 'constraint_name') ?? given[0];
  return name?.value.kind !== 'call';
}

export function validateLines(table: TableName, name: string): readonly string[] {
  const sql = `ALTER TABLE ${quoteQualified(table.schema, table.name)} VALIDATE CONSTRAINT ${quoteIdentifier(name)}`;
  return [autocommitBlock, `    op.execute(${pythonString(sql)})`];
}

function notValidEdit(step: MigrationStep): TextEdit | null {
  const { operation, statement } = step;
  if (operation.kind === 'create-constraint')
    return operation.batch ? null : setKeyword(operation.call, 'postgresql_not_valid', 'True');
  return statement?.alone === true && step.actions.length === 1
    ? insertInSql(step, /[^;\s](?=[;\s]*$)/, ' NOT VALID')
    : null;
}
