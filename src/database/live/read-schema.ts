/**
 * The schema of a running database, from its catalog, as the data that models and revisions are read to. Partitions, what
 * extensions own and what backs a constraint are left out. Reads only.
 */
import type { DatabaseSchema, Domain, EnumType, Sequence, Table } from '../../schema/schema.ts';
import {
  columnsQuery,
  constraintsQuery,
  domainsQuery,
  enumsQuery,
  extensionsQuery,
  indexesQuery,
  schemaNamesQuery,
  sequencesQuery,
  tablesQuery,
} from './catalog-queries.ts';
import { readColumn, readTableParts, strings, textOrNull } from './catalog-rows.ts';
import type { LiveConnection, Row } from './live-connection.ts';

export interface SchemaScope {
  /** Schemas besides the first of the search path, which is always read. */
  readonly schemas: readonly string[];
}

/** Throws DatabaseError. Names in the search path's first schema have no schema. */
export async function readSchema(
  connection: LiveConnection,
  { schemas }: SchemaScope,
  signal?: AbortSignal,
): Promise<DatabaseSchema> {
  const rows = (query: (schemas: readonly string[]) => string) => connection.rows(query(schemas), signal);
  const tables = await rows(tablesQuery);
  const columns = byTable(await rows(columnsQuery));
  const constraints = byTable(await rows(constraintsQuery));
  const indexes = byTable(await rows(indexesQuery));
  return {
    tables: tables.map((row): Table => {
      const of = (found: ReadonlyMap<string, readonly Row[]>) => found.get(String(row.oid)) ?? [];
      return {
        name: String(row.name),
        schema: textOrNull(row.schema),
        columns: of(columns).map(readColumn),
        ...readTableParts(of(constraints), of(indexes)),
        comment: textOrNull(row.comment),
      };
    }),
    enums: (await rows(enumsQuery)).map(
      (row): EnumType => ({
        name: String(row.name),
        schema: textOrNull(row.schema),
        values: strings(row.labels),
      }),
    ),
    sequences: (await rows(sequencesQuery)).map(
      (row): Sequence => ({ name: String(row.name), schema: textOrNull(row.schema) }),
    ),
    extensions: (await rows(extensionsQuery)).map(row => String(row.name)),
    domains: (await rows(domainsQuery)).map(readDomain),
  };
}

/** The schemas that `SchemaScope` may name, system schemas and those of extensions left out. Throws DatabaseError. */
export async function readSchemaNames(
  connection: LiveConnection,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  return (await connection.rows(schemaNamesQuery(), signal)).map(row => String(row.name));
}

function readDomain(row: Row): Domain {
  const names = strings(row.names);
  return {
    name: String(row.name),
    schema: textOrNull(row.schema),
    type: String(row.type),
    nullable: row.nullable === true,
    default: textOrNull(row.default),
    checks: strings(row.checks).map((expression, index) => ({ name: names[index] ?? null, expression })),
  };
}

function byTable(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const of = found.get(String(row.table));
    if (of) of.push(row);
    else found.set(String(row.table), [row]);
  }
  return found;
}
