/** The directives that take a revision's actions back, in reverse; what cannot be taken back gives none at all. */

import type { TableName } from '../../../alembic/directives/operation.ts';
import type { Action } from '../../../alembic/simulation/action.ts';
import type { MigrationStep } from '../../../alembic/simulation/steps.ts';
import { quoteQualified } from '../../../schema/identifier.ts';
import { pythonString } from './revision-edits.ts';

/** Lines of Python. Null where one action loses something, or has no name to be found by again. */
export function inverseLines(upgrade: readonly MigrationStep[]): readonly string[] | null {
  const lines: string[] = [];
  for (const { actions, opaque, before, after } of upgrade.toReversed()) {
    if (opaque !== null) return null;
    for (const action of actions.toReversed()) {
      const line = inverse(action);
      if (line === null && before !== after) return null;
      if (line !== null) lines.push(line);
    }
  }
  return lines.length > 0 ? lines : null;
}

/** Null for what has no inverse, and for what needs none. */
function inverse(action: Action): string | null {
  switch (action.kind) {
    case 'create-table':
      return `op.drop_table(${tableArguments(action.table)})`;
    case 'rename-table': {
      const { schema, name } = action.table;
      return `op.rename_table(${pythonString(action.newName)}, ${pythonString(name)}${schemaArgument(schema)})`;
    }
    case 'add-column':
      return columnCall('op.drop_column', action.table, action.column.name);
    case 'rename-column': {
      const back = `new_column_name=${pythonString(action.column)}`;
      return columnCall('op.alter_column', action.table, action.newName, back);
    }
    case 'set-not-null':
      return columnCall('op.alter_column', action.table, action.column, 'nullable=True');
    case 'drop-not-null':
      return columnCall('op.alter_column', action.table, action.column, 'nullable=False');
    case 'create-index': {
      const { name } = action.index;
      const { schema } = action.table;
      if (name === null) return null;
      return `op.drop_index(${pythonString(name)}, table_name=${pythonString(action.table.name)}${schemaArgument(schema)})`;
    }
    case 'add-unique':
      return dropConstraint(action.table, action.name, 'unique');
    case 'add-foreign-key':
      return dropConstraint(action.table, action.name, 'foreignkey');
    case 'add-check':
      return dropConstraint(action.table, action.name, 'check');
    case 'add-primary-key':
      return dropConstraint(action.table, action.name, 'primary');
    case 'create-enum':
      return `op.execute(${pythonString(`DROP TYPE ${quoteQualified(action.type.schema, action.type.name)}`)})`;
    default:
      return null;
  }
}

function dropConstraint(table: TableName, name: string | null, type: string): string | null {
  if (name === null) return null;
  return `op.drop_constraint(${pythonString(name)}, ${tableArguments(table, `type_="${type}"`)})`;
}

function columnCall(directive: string, table: TableName, column: string, rest?: string): string {
  const more = rest === undefined ? '' : `, ${rest}`;
  return `${directive}(${pythonString(table.name)}, ${pythonString(column)}${more}${schemaArgument(table.schema)})`;
}

function tableArguments({ schema, name }: TableName, rest?: string): string {
  return `${pythonString(name)}${rest === undefined ? '' : `, ${rest}`}${schemaArgument(schema)}`;
}

function schemaArgument(schema: string | null): string {
  return schema === null ? '' : `, schema=${pythonString(schema)}`;
}
