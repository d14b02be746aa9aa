/** The parts of a table that may hold more than was read: what is missing in them is not known to be missing. */
import type { TablePart } from '../../schema/schema.ts';
import { columnForeignKeys, foreignKeyOf } from './build-foreign-keys.ts';
import type { Build } from './table-build.ts';

const everyPart: readonly TablePart[] = ['columns', 'uniques', 'foreign-keys', 'checks', 'indexes'];

export function unreadParts(build: Build): readonly TablePart[] {
  const { draft, columns } = build.entry;
  if (draft.incomplete) return everyPart;
  const parts = draft.constraints.flatMap((constraint): readonly TablePart[] => {
    switch (constraint.kind) {
      case 'check':
        return constraint.expression === null ? ['checks'] : [];
      case 'index':
        return constraint.elements.length === 0 ? ['indexes'] : [];
      case 'foreign-key':
        return foreignKeyOf(constraint, build) ? [] : ['foreign-keys'];
      default:
        return [];
    }
  });
  const ofColumns = columns.flatMap((column): readonly TablePart[] => [
    ...(column.checks.some(check => check.expression === null) ? (['checks'] as const) : []),
    ...(column.foreignKeys.length > columnForeignKeys(column, build).length
      ? (['foreign-keys'] as const)
      : []),
    // SQLAlchemy-Searchable adds an index of its own to these columns.
    ...(column.type?.name === 'TSVectorType' ? (['indexes'] as const) : []),
  ]);
  return [...new Set([...parts, ...ofColumns])];
}
