/** The enum or domain of the schema that a column's type means; of an array, what is in it. */
import { isSameName, type TableName } from '../../schema/schema-change.ts';
import { nameOfType } from '../../schema/type-key.ts';

export function namedType<Named extends TableName>(type: string, all: readonly Named[]): Named | null {
  const name = nameOfType(type);
  return name === null ? null : (all.find(each => isSameName(each, name)) ?? null);
}
