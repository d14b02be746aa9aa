/** What is told of the difference between two schemas of an environment. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import { describeChange } from '../../schema/describe-change.ts';
import type { SchemaChange } from '../../schema/schema-change.ts';
import type { Drift } from '../drift/drift.ts';
import type { Places } from './places.ts';

/** Null stands for a workspace without an environment. */
export function driftReport(
  environment: MigrationEnvironment | null,
  drift: Drift,
  places: Pick<Places, 'file'>,
) {
  return {
    config: environment === null ? null : places.file(environment.config),
    section: environment?.section ?? null,
    operations: drift.changes.map(change => ({ ...operationOf(change), text: describeChange(change) })),
    doubts: drift.doubts,
  };
}

/** The parts that every reader wants at the same place, whatever the operation is. */
function operationOf(change: SchemaChange) {
  const owner = 'table' in change ? change.table : null;
  return {
    operation: change.kind,
    schema: owner?.schema ?? null,
    table: owner?.name ?? null,
    name: objectName(change),
  };
}

function objectName(change: SchemaChange): string | null {
  switch (change.kind) {
    case 'create-extension':
    case 'drop-extension':
      return change.name;
    case 'create-enum':
    case 'drop-enum':
      return change.type.name;
    case 'alter-enum':
    case 'alter-column':
      return change.after.name;
    case 'create-sequence':
    case 'drop-sequence':
      return change.sequence.name;
    case 'add-column':
    case 'drop-column':
      return change.column.name;
    case 'rename-column':
      return change.column;
    case 'create-constraint':
    case 'drop-constraint':
      return change.constraint.kind === 'check' ? change.constraint.check.name : change.constraint.key.name;
    case 'create-index':
    case 'drop-index':
      return change.index.name;
    case 'create-table':
    case 'drop-table':
    case 'rename-table':
    case 'comment-table':
      return change.table.name;
  }
}
