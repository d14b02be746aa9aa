/** Enum types of two schemas: made, dropped, and changed in their values. */
import type { Column, DatabaseSchema, EnumType } from './schema.ts';
import { isSameName, type SchemaChange, type TableName } from './schema-change.ts';
import { typeKey } from './type-key.ts';

export interface EnumChanges {
  /** Before the tables. */
  readonly first: readonly SchemaChange[];
  /** After the tables. */
  readonly last: readonly SchemaChange[];
}

export function compareEnums(before: DatabaseSchema, after: DatabaseSchema): EnumChanges {
  const first: SchemaChange[] = [];
  for (const type of after.enums) {
    const known = before.enums.find(each => isSameName(each, type));
    // A type that columns have already is there, with values that were not read.
    if (!known)
      first.push(...(columnsOf(type, before).length > 0 ? [] : [{ kind: 'create-enum' as const, type }]));
    else if (known.values.join('\0') !== type.values.join('\0'))
      first.push({
        kind: 'alter-enum',
        before: known,
        after: type,
        columns: sharedColumns(type, before, after),
      });
  }
  // A type that no column had may serve something that is not read, such as a function.
  const last = before.enums
    .filter(type => !after.enums.some(each => isSameName(each, type)))
    .filter(type => columnsOf(type, before).length > 0 && columnsOf(type, after).length === 0)
    .map(type => ({ kind: 'drop-enum' as const, type }));
  return { first, last };
}

interface EnumColumn {
  readonly table: TableName;
  readonly column: Column;
}

function columnsOf(type: EnumType, schema: DatabaseSchema): readonly EnumColumn[] {
  const key = typeKey(type.schema === null ? type.name : `${type.schema}.${type.name}`);
  return schema.tables.flatMap(({ schema: owner, name, columns }) =>
    columns
      .filter(column => typeKey(column.type).replace(/(?:\[\])+$/, '') === key)
      .map(column => ({ table: { schema: owner, name }, column })),
  );
}

/** Columns that have the type before and after: those that a change of its values is about. */
function sharedColumns(type: EnumType, before: DatabaseSchema, after: DatabaseSchema): readonly EnumColumn[] {
  const later = columnsOf(type, after);
  return columnsOf(type, before).filter(({ table, column }) =>
    later.some(each => isSameName(each.table, table) && each.column.name === column.name),
  );
}
