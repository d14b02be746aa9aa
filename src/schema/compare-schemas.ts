/**
 * Compares two schemas: the changes that turn one into the other, in an order in which they can run. What either of
 * them holds without its having been read is taken for equal.
 */
import { compareEnums } from './compare-enums.ts';
import { compareTables } from './compare-tables.ts';
import { createTables } from './create-tables.ts';
import type { DatabaseSchema, Sequence, Table } from './schema.ts';
import { invertChanges, isSameName, type SchemaChange } from './schema-change.ts';
import type { SchemaKeys } from './schema-keys.ts';
import { isSerial } from './type-key.ts';

/** Changes to what only one of the schemas has count as well: tables of `before` that `after` lacks are dropped. */
export function compareSchemas(
  before: DatabaseSchema,
  after: DatabaseSchema,
  keys: SchemaKeys,
): readonly SchemaChange[] {
  const created = missingTables(after, before);
  const dropped = missingTables(before, after);
  const enums = compareEnums(before, after);
  const inside = before.tables.flatMap(table => {
    const counterpart = after.tables.find(each => isSameName(each, table));
    return counterpart ? compareTables(table, counterpart, keys) : [];
  });
  return [
    ...missingNames(after.extensions, before.extensions).map(name => ({
      kind: 'create-extension' as const,
      name,
    })),
    ...enums.first,
    ...missingSequences(after, before).map(sequence => ({ kind: 'create-sequence' as const, sequence })),
    ...createTables(created),
    ...byPhase(inside),
    ...invertChanges(createTables(dropped)),
    ...enums.last,
  ];
}

function missingTables(from: DatabaseSchema, other: DatabaseSchema): readonly Table[] {
  return from.tables.filter(table => !other.tables.some(each => isSameName(each, table)));
}

function missingSequences(from: DatabaseSchema, other: DatabaseSchema): readonly Sequence[] {
  const there = [...other.sequences, ...other.tables.flatMap(serialSequences)];
  return from.sequences.filter(sequence => !there.some(each => isSameName(each, sequence)));
}

/** Those that come with serial columns, under the names that PostgreSQL gives them. */
function serialSequences({ schema, name, columns }: Table): readonly Sequence[] {
  return columns
    .filter(({ type }) => isSerial(type))
    .map(column => ({ schema, name: `${name}_${column.name}_seq` }));
}

/** An extension that is not needed any more stays, and a sequence too: what is not read may need it. */
function missingNames(from: readonly string[], other: readonly string[]): readonly string[] {
  return [...new Set(from)].filter(name => !other.includes(name));
}

/** What hangs on columns goes before they change, and comes when they are there. */
const phases: readonly (readonly SchemaChange['kind'][])[] = [
  ['drop-constraint', 'drop-index'],
  ['add-column', 'alter-column'],
  ['create-constraint', 'create-index'],
  ['drop-column', 'comment-table'],
];

function byPhase(changes: readonly SchemaChange[]): readonly SchemaChange[] {
  const sorted = phases.map(kinds => changes.filter(({ kind }) => kinds.includes(kind)));
  const [before = [], columns = [], after = [], last = []] = sorted;
  return [
    ...before.filter(isForeignKey),
    ...before.filter(change => !isForeignKey(change)),
    ...columns,
    ...after.filter(change => !isForeignKey(change)),
    ...after.filter(isForeignKey),
    ...last,
  ];
}

/** A foreign key needs the unique constraint that it refers to. */
function isForeignKey(change: SchemaChange): boolean {
  return 'constraint' in change && change.constraint.kind === 'foreign-key';
}
