/** Names of tables as keys of sets and maps. */
import type { TableName } from '../directives/operation.ts';

/** The search path's first schema is taken to be `public`, as everywhere in this room. */
export function keyOfTable({ schema, name }: TableName): string {
  return `${schema ?? 'public'}.${name}`;
}
