/** Options of columns and relationships that the declarative style and SQLModel's write alike. */
import type { CodeStyle } from '../project-facts.ts';
import { quoted } from '../python-code/quoting.ts';
import type { ReferenceColumn, ValueColumn } from './model-plan.ts';

export function valueFlags({ unique, index }: ValueColumn): readonly string[] {
  return unique ? ['unique=True'] : index ? ['index=True'] : [];
}

/** The index of a primary key serves its first column already. */
export function referenceFlags({ unique, keyPlace, covered }: ReferenceColumn): readonly string[] {
  if (keyPlace !== null) return ['primary_key=True', ...(keyPlace > 0 ? ['index=True'] : [])];
  if (covered) return [];
  return [unique ? 'unique=True' : 'index=True'];
}

/** What the database does to a row when the one that it points to is deleted. */
export function deleteAction({ onDelete }: ReferenceColumn, style: CodeStyle): readonly string[] {
  return onDelete === 'NO ACTION' ? [] : [`ondelete=${quoted(onDelete, style)}`];
}

/** What the session leaves to the database when a row is deleted that others point to. */
export function passiveDeletes(
  { onDelete, nullable }: Pick<ReferenceColumn, 'onDelete' | 'nullable'>,
  style: CodeStyle,
): readonly string[] {
  switch (onDelete) {
    case 'CASCADE':
    case 'SET NULL':
      return ['passive_deletes=True'];
    case 'RESTRICT':
      return [`passive_deletes=${quoted('all', style)}`];
    case 'NO ACTION':
      // Otherwise the session would try to empty a column that may not be empty.
      return nullable ? [] : [`passive_deletes=${quoted('all', style)}`];
  }
}
