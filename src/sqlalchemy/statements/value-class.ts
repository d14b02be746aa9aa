/** The Python class of what a column of an object holds, where nothing may convert it. */
import type { ColumnAttribute } from '../model.ts';

/** By the names of SQLAlchemy's types: the class, and how it is annotated. */
const classes: readonly (readonly [type: RegExp, name: string, annotated: string])[] = [
  [/^(?:Big|Small)?Integer$/, 'builtins.int', 'int'],
  [/^(?:String|Text)(?:\(|$)/, 'builtins.str', 'str'],
  [/^Boolean$/, 'builtins.bool', 'bool'],
];

/** Null for a column that may be NULL, of an Enum, or of a type that is not SQLAlchemy's own. */
export function valueClassOf({ type, annotation, nullable, enumClass }: ColumnAttribute): string | null {
  if (nullable || enumClass !== undefined) return null;
  const [, name, annotated] = classes.find(([pattern]) => pattern.test(type ?? '')) ?? [];
  return name !== undefined && (annotation === null || annotation === annotated) ? name : null;
}
