/** The tables, views and sequences that a statement names, from PostgreSQL's own tree. Names of its CTEs are among them. */
import type { SqlNode } from './parser.ts';

export interface RelationName {
  readonly schema: string | null;
  readonly name: string;
}

export function namedRelations(node: SqlNode): readonly RelationName[] {
  const names = new Map<string, RelationName>();
  collect(node, names);
  return [...names.values()];
}

function collect(value: unknown, names: Map<string, RelationName>): void {
  if (typeof value !== 'object' || value === null) return;
  if ('relname' in value && typeof value.relname === 'string') {
    const schema = 'schemaname' in value && typeof value.schemaname === 'string' ? value.schemaname : null;
    names.set(JSON.stringify([schema, value.relname]), { schema, name: value.relname });
  }
  for (const part of Object.values(value)) collect(part, names);
}
