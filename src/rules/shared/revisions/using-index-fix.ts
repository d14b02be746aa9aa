/** A key whose index is built first, concurrently: the fix for unique constraints and primary keys. */
import type { TableName } from '../../../alembic/directives/operation.ts';
import type { MigrationStep } from '../../../alembic/simulation/steps.ts';
import { quoteIdentifier, quoteQualified } from '../../../schema/identifier.ts';
import type { ReportedFix, RevisionContext } from '../../rule.ts';
import { autocommitBlock, pythonString, replaceStatement, statementOf } from './revision-edits.ts';

export interface NewKey {
  readonly kind: 'UNIQUE' | 'PRIMARY KEY';
  readonly table: TableName;
  readonly name: string | null;
  readonly columns: readonly string[];
}

/** None for a key without a name: its index could not be told again. */
export function usingIndexFix(
  step: MigrationStep,
  { kind, table, name, columns }: NewKey,
  { file }: RevisionContext,
): readonly ReportedFix[] {
  const statement = statementOf(step, file.module);
  if (!statement || name === null || step.actions.length > 1 || step.statement?.alone === false) return [];
  const list = columns.map(pythonString).join(', ');
  const schema = table.schema === null ? '' : `, schema=${pythonString(table.schema)}`;
  const index = `${pythonString(name)}, ${pythonString(table.name)}, [${list}], unique=True${schema}`;
  const constraint = quoteIdentifier(name);
  const sql = `ALTER TABLE ${quoteQualified(table.schema, table.name)} ADD CONSTRAINT ${constraint} ${kind} USING INDEX ${constraint}`;
  const lines = [
    autocommitBlock,
    `    op.create_index(${index}, postgresql_concurrently=True, if_not_exists=True)`,
    `op.execute(${pythonString(sql)})`,
  ];
  const edits = [replaceStatement(statement, lines, file.text)];
  return [{ title: 'Build its index concurrently first', edits }];
}
