/** Differences on which a filter of env.py decides when Alembic runs, so that reading does not tell whether they are wanted. */
import type { FilteredKind, ObjectFilter } from '../alembic/object-filter.ts';
import type { SchemaChange } from '../schema/schema-change.ts';

/** `include_name` is asked about what a database has, `include_object` about what the models have as well. */
export function decidesOn({ option, kinds, readsInfo }: ObjectFilter, change: SchemaChange): boolean {
  switch (change.kind) {
    case 'drop-table':
    case 'drop-enum':
      return kinds.has('table');
    case 'create-table':
      return option === 'include_object' && readsInfo;
    case 'drop-column':
      return kinds.has('column');
    case 'add-column':
    case 'alter-column':
      return option === 'include_object' && kinds.has('column');
    case 'drop-index':
      return kinds.has('index');
    case 'create-index':
      return option === 'include_object' && kinds.has('index');
    case 'drop-constraint':
    case 'create-constraint': {
      const kind = constraintKinds[change.constraint.kind];
      return (
        kind !== null && kinds.has(kind) && (option === 'include_object' || change.kind === 'drop-constraint')
      );
    }
    default:
      return false;
  }
}

const constraintKinds: Readonly<
  Record<'primary-key' | 'unique' | 'foreign-key' | 'check', FilteredKind | null>
> = {
  unique: 'unique_constraint',
  'foreign-key': 'foreign_key_constraint',
  'primary-key': null,
  check: null,
};
