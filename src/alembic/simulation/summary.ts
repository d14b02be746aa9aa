/** One line on what a revision does: `creates orders, order_items; index on orders.user_id`. */
import type { Operation, TableName } from '../directives/operation.ts';

/** Parts beyond this many are counted, not told. */
const mostParts = 4;

/** Empty where a revision does nothing, or nothing that is known. */
export function summarizeOperations(operations: readonly Operation[]): string {
  const created = new Set(
    operations.flatMap(each => (each.kind === 'create-table' ? [nameOf(each.table)] : [])),
  );
  const parts = new Map<string, string[]>();
  for (const operation of operations) {
    const part = describe(operation, created);
    if (part) parts.set(part.verb, [...new Set([...(parts.get(part.verb) ?? []), part.object])]);
  }
  const texts = [...parts].map(([verb, objects]) =>
    objects[0] === '' ? verb : `${verb} ${shortened(objects)}`,
  );
  const rest = texts.length - mostParts;
  return rest > 0 ? `${texts.slice(0, mostParts).join('; ')}; ${rest} more` : texts.join('; ');
}

function shortened(objects: readonly string[]): string {
  const rest = objects.length - mostParts;
  return rest > 0 ? `${objects.slice(0, mostParts).join(', ')} and ${rest} more` : objects.join(', ');
}

interface Part {
  readonly verb: string;
  readonly object: string;
}

/** Null for what is part of creating a table, or goes without saying. */
function describe(operation: Operation, created: ReadonlySet<string>): Part | null {
  switch (operation.kind) {
    case 'create-table':
      return { verb: 'creates', object: nameOf(operation.table) };
    case 'drop-table':
      return { verb: 'drops', object: nameOf(operation.table) };
    case 'rename-table':
      return { verb: 'renames', object: `${nameOf(operation.table)} to ${operation.newName}` };
    case 'add-column':
      return { verb: 'adds', object: `${nameOf(operation.table)}.${operation.column.name}` };
    case 'drop-column':
      return { verb: 'drops', object: `${nameOf(operation.table)}.${operation.column}` };
    case 'alter-column': {
      const { name } = operation.changes;
      const column = `${nameOf(operation.table)}.${operation.column}`;
      return name === undefined
        ? { verb: 'alters', object: column }
        : { verb: 'renames', object: `${column} to ${name}` };
    }
    case 'create-index':
      if (created.has(nameOf(operation.table))) return null;
      return {
        verb: operation.index.unique ? 'unique index on' : 'index on',
        object: indexed(operation.table, operation.index.elements),
      };
    case 'drop-index':
      return { verb: 'drops index', object: operation.name };
    case 'create-constraint':
      return created.has(nameOf(operation.table))
        ? null
        : constraintPart(operation.table, operation.constraint);
    case 'drop-constraint':
      return { verb: 'drops constraint', object: operation.name ?? `of ${nameOf(operation.table)}` };
    case 'create-enum':
      return { verb: 'creates type', object: operation.type.name };
    case 'drop-enum':
      return { verb: 'drops type', object: operation.type.name };
    case 'comment-table':
      return { verb: 'comments on', object: nameOf(operation.table) };
    case 'execute-sql':
      return { verb: 'runs', object: firstWords(operation.sql) };
    case 'execute-expression':
    case 'bulk-insert':
      return { verb: 'changes data', object: '' };
    case 'unknown':
      return { verb: 'runs code', object: '' };
  }
}

function constraintPart(
  table: TableName,
  constraint: Extract<Operation, { kind: 'create-constraint' }>['constraint'],
): Part {
  const name = nameOf(table);
  switch (constraint.kind) {
    case 'primary-key':
      return { verb: 'primary key on', object: indexed(table, constraint.key.columns) };
    case 'unique':
      return { verb: 'unique', object: indexed(table, constraint.key.columns) };
    case 'foreign-key':
      return {
        verb: 'foreign key',
        object: `${indexed(table, constraint.key.columns)} to ${constraint.key.targetTable}`,
      };
    case 'check':
      return { verb: 'check on', object: name };
    case 'exclude':
      return { verb: 'exclusion on', object: name };
  }
}

function indexed(table: TableName, elements: readonly string[]): string {
  return elements.length === 1
    ? `${nameOf(table)}.${elements[0]}`
    : `${nameOf(table)} (${elements.join(', ')})`;
}

function nameOf({ schema, name }: TableName): string {
  return schema === null ? name : `${schema}.${name}`;
}

/** Up to the object of a statement: `ALTER TYPE order_status ADD VALUE`. */
function firstWords(sql: string): string {
  const words = sql
    .replace(/--[^\n]*/g, ' ')
    .trim()
    .split(/[\s(;]+/);
  const short = words.slice(0, 5).join(' ');
  return short.length > 50 ? `${short.slice(0, 49)}…` : short;
}
