/** Tables by their name in a collection: `Base.metadata.tables["users"]`, `metadata.tables.get("users")`. */
import { lastPart, ownerPart } from '../../base/dotted-name.ts';
import type { Evaluation } from './evaluation.ts';
import type { MethodValue, PythonValue, Value } from './value.ts';

/** What `MetaData()` makes in a function, and one that the tables of modules and classes are declared with. */
export const METADATA: PythonValue = { kind: 'python', type: 'sqlalchemy.MetaData' };
export const DECLARED_METADATA: PythonValue = { kind: 'python', type: 'sqlalchemy.MetaData of a module' };

/**
 * Null where the receiver is not `tables` of a metadata, or one of a module that declares no such table. What a function
 * made itself, and read from a database, may have other columns than the declaration.
 */
export function tableOfMetadata(
  { tables }: Evaluation,
  { receiver, name }: MethodValue,
  key: Value,
): Value | null {
  if (receiver.kind !== 'python' || name !== 'tables') return null;
  const isDeclared = receiver.type === DECLARED_METADATA.type;
  if (!isDeclared && receiver.type !== METADATA.type) return null;
  if (key.kind !== 'constant' || typeof key.value !== 'string') return null;
  const named = lastPart(key.value);
  const schema = key.value.includes('.') ? ownerPart(key.value) : null;
  const from = isDeclared ? tables.named(named, schema) : tables.reflected(named, schema);
  return from === null ? null : { kind: 'from', from };
}
