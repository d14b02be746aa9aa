/** A string that gives a table or a column its name in the database. */
import type { TextRange } from '../base/range.ts';
import { argumentAround } from '../python/argument-at.ts';
import { findNodePath } from '../python/walk.ts';
import { placedLiteral } from '../sqlalchemy/places/placed-strings.ts';
import type { SourceFile } from '../sqlalchemy/project.ts';

export interface DeclaringString {
  readonly name: string;
  /** Between the quotes. */
  readonly range: TextRange;
  /** The call whose first argument it is, as in `Table("users", …)`; null behind `__tablename__ =`. */
  readonly call: TextRange | null;
}

export function declaringStringAt(file: SourceFile, offset: number): DeclaringString | null {
  const path = findNodePath(file.module, offset);
  const literal = path.at(-1);
  const placed = literal?.kind === 'string' ? placedLiteral(literal, offset) : null;
  if (!placed) return null;
  const named = { name: placed.text, range: placed.toSource({ start: 0, end: placed.text.length }) };
  const assignment = path.at(-2);
  if (assignment?.kind === 'assignment') {
    const [target] = assignment.targets;
    return target?.kind === 'name' && target.id === '__tablename__' ? { ...named, call: null } : null;
  }
  const place = argumentAround(path);
  return place?.position === 0 && place.argument.value === literal ? { ...named, call: place.call } : null;
}
