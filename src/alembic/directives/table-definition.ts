/** Columns and constraints in a directive's arguments as a table of the schema's data. */
import type { Expression } from '../../python/syntax.ts';
import { quoteIdentifier } from '../../schema/identifier.ts';
import type { EnumType, Index, Table } from '../../schema/schema.ts';
import { buildTable } from '../../sqlalchemy/models/build-table.ts';
import { renderDdlExpression } from '../../sqlalchemy/models/ddl-expression.ts';
import { type ColumnDraft, type ConstraintDraft, defaultMetadata } from '../../sqlalchemy/models/drafts.ts';
import { finishColumn, readColumnSettings } from '../../sqlalchemy/models/read-column.ts';
import { readConstraint } from '../../sqlalchemy/models/read-table-arguments.ts';
import { createTableRegistry, type TableEntry } from '../../sqlalchemy/models/table-registry.ts';
import { argumentsOf } from '../../sqlalchemy/reading/arguments.ts';
import { constantOf, stringOf } from '../../sqlalchemy/reading/constants.ts';
import { libraryCallOf } from '../../sqlalchemy/reading/library-call.ts';
import type { Site } from '../../sqlalchemy/reading/site.ts';
import { type ListElement, listElements } from './list-elements.ts';
import type { TableName } from './operation.ts';

export interface TableDefinition {
  readonly table: Table;
  readonly enums: readonly EnumType[];
  /** Enum types of its columns whose values are not told. */
  readonly unlistedEnums: readonly TableName[];
  readonly complete: boolean;
}

/** `items` are what stands in `create_table` after the name. */
export function readTableDefinition(
  name: TableName,
  items: readonly Expression[],
  site: Site,
): TableDefinition {
  const columns: ColumnDraft[] = [];
  const constraints: ConstraintDraft[] = [];
  let complete = true;
  let incomplete = false;
  for (const item of items.flatMap(each => spread(each, site))) {
    const column = item && readColumn(item.expression, item.site);
    const constraint = item && !column ? readConstraint(item.expression, item.site, () => null) : null;
    if (column) columns.push(column);
    else if (constraint) constraints.push(constraint);
    else incomplete = true;
    if (column && !isReadable(column)) complete = false;
  }
  const entry: TableEntry = {
    owner: '',
    columns,
    draft: { ...name, columns, constraints, comment: null, metadata: defaultMetadata, incomplete },
  };
  const { table, enums, unlistedEnums } = buildTable(
    entry,
    createTableRegistry([entry], () => null),
  );
  return { table, complete: complete && !incomplete, enums, unlistedEnums };
}

/** `*columns` of a list that is written out; null where it cannot be told. */
function spread(item: Expression, site: Site): readonly (ListElement | null)[] {
  return item.kind === 'starred' ? (listElements(item.value, site) ?? [null]) : [{ expression: item, site }];
}

function readColumn(item: Expression, site: Site): ColumnDraft | null {
  const found = libraryCallOf(item, site);
  if (found?.name !== 'Column') return null;
  const settings = readColumnSettings(found.call, found.site, null);
  const name = settings.name ?? stringOf(argumentsOf(found.call).keywords.get('key'), found.site);
  if (name === undefined) return null;
  const range = { start: found.call.start, end: found.call.end };
  const place = { name, location: { path: site.file.path, range }, nameRange: range, annotation: null };
  return finishColumn(place, settings, undefined);
}

/** An index's columns: names, or SQL by `text()` and functions. Null where one cannot be rendered. */
export function readIndexElements(columns: Expression | undefined, site: Site): Index['elements'] | null {
  if (columns?.kind !== 'list' && columns?.kind !== 'tuple') {
    return columns ? (constantStrings(columns, site)?.map(quoteIdentifier) ?? null) : null;
  }
  const elements = columns.elements.map(element => {
    const name = stringOf(element, site);
    if (name !== undefined) return quoteIdentifier(name);
    const sql = renderDdlExpression(element, { site, columnOf: () => null });
    return sql === null || /^[\w"]+(?:\(.*\))?(?: (?:ASC|DESC))?(?: NULLS (?:FIRST|LAST))?$/is.test(sql)
      ? sql
      : `(${sql})`;
  });
  return elements.every(element => element !== null) ? elements : null;
}

/** A list of names that is the same each time; null for anything else. */
export function constantStrings(expression: Expression, site: Site): readonly string[] | null {
  const value = constantOf(expression, site);
  return Array.isArray(value) && value.every(each => typeof each === 'string') ? value : null;
}

/** A type that comes with a foreign key's target is none of the revision's. */
function isReadable({ type, foreignKeys, serverDefault }: ColumnDraft): boolean {
  return ((type !== null && type.sql !== null) || foreignKeys.length > 0) && serverDefault?.sql !== null;
}
