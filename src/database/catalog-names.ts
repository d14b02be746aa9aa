/**
 * Names for the object identifiers in a described statement: types through `format_type`, table columns through
 * `pg_attribute`. Both are remembered until told to forget.
 */
import type { ColumnSource, OkVerdict } from './verdict.ts';

/** A column of RowDescription; zero identifiers mean that it is not a table's column. */
export interface DescribedField {
  readonly name: string;
  readonly tableID: number;
  readonly columnID: number;
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
}

/** Runs a query of ours and returns each row as an array of text or null. */
export type QueryRows = (sql: string) => Promise<readonly (readonly (string | null)[])[]>;

export class CatalogNames {
  readonly #query: QueryRows;
  readonly #types = new Map<string, string>();
  readonly #columns = new Map<string, ColumnSource>();
  readonly #oids = new Map<string, number>();

  constructor(query: QueryRows) {
    this.#query = query;
  }

  /** After a change of the schema the same identifier may mean something else. */
  forget(): void {
    this.#types.clear();
    this.#columns.clear();
    this.#oids.clear();
  }

  /** After something was created: what was not there may be. */
  forgetUnknown(): void {
    for (const [name, oid] of this.#oids) if (oid === 0) this.#oids.delete(name);
  }

  /** Columns are renamed and altered in place, types seldom. */
  forgetColumns(): void {
    this.#columns.clear();
  }

  /** Object identifiers of types by name; 0, which lets the server choose, for null and for names it does not know. */
  async oidsOf(names: readonly (string | null)[]): Promise<readonly number[]> {
    const unknown = [...new Set(names)].filter(name => name !== null && !this.#oids.has(name));
    for (const name of unknown) {
      if (name !== null) this.#oids.set(name, typeName.test(name) ? await this.#oidOf(name) : 0);
    }
    return names.map(name => (name === null ? 0 : (this.#oids.get(name) ?? 0)));
  }

  async #oidOf(name: string): Promise<number> {
    const rows = await this.#query(`SELECT pg_catalog.to_regtype('${name}')::pg_catalog.oid::text`);
    return Number(rows[0]?.[0] ?? 0);
  }

  async verdict(parameters: readonly number[], fields: readonly DescribedField[]): Promise<OkVerdict> {
    const parameterKeys = parameters.map(oid => typeKey(oid, -1));
    const fieldKeys = fields.map(field => typeKey(field.dataTypeID, field.dataTypeModifier));
    await this.#learnTypes([...parameterKeys, ...fieldKeys]);
    await this.#learnColumns(fields);
    return {
      kind: 'ok',
      parameterTypes: parameterKeys.map(key => this.#types.get(key) ?? 'unknown'),
      columns: fields.map((field, index) => ({
        name: field.name,
        type: this.#types.get(fieldKeys[index] ?? '') ?? 'unknown',
        source: this.#columns.get(columnKey(field)) ?? null,
      })),
    };
  }

  async #learnTypes(keys: readonly string[]): Promise<void> {
    const unknown = [...new Set(keys)].filter(key => !this.#types.has(key));
    if (unknown.length === 0) return;
    const values = unknown.map(key => `(${key})`).join(',');
    const rows = await this.#query(
      `SELECT pg_catalog.format_type(o::pg_catalog.oid, m::pg_catalog.int4) FROM (VALUES ${values}) AS wanted(o, m)`,
    );
    for (const [index, key] of unknown.entries()) this.#types.set(key, rows[index]?.[0] ?? 'unknown');
  }

  async #learnColumns(fields: readonly DescribedField[]): Promise<void> {
    const ofTables = fields.filter(field => field.tableID !== 0 && field.columnID > 0).map(columnKey);
    const unknown = [...new Set(ofTables)].filter(key => !this.#columns.has(key));
    if (unknown.length === 0) return;
    const rows = await this.#query(
      `SELECT a.attrelid || ',' || a.attnum, n.nspname, c.relname, a.attname, a.attnotnull::text
       FROM pg_catalog.pg_attribute a
       JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE (a.attrelid, a.attnum) IN (${unknown.map(key => `(${key})`).join(',')})`,
    );
    for (const [key, schema, table, column, notNull] of rows) {
      const source = {
        schema: schema ?? '',
        table: table ?? '',
        column: column ?? '',
        notNull: notNull === 'true',
      };
      this.#columns.set(key ?? '', source);
    }
  }
}

/** Words, a schema before them, a modifier and brackets behind: nothing that the server could stumble over. */
const typeName =
  /^(?:(?:"\w+"|\w+)\.)?(?:"\w+"|\w+(?: \w+)*)(?: ?\(\d+(?:, ?\d+)?\))?(?: with(?:out)? time zone)?(?:\[\])*$/i;

function typeKey(oid: number, modifier: number): string {
  return `${oid},${modifier}`;
}

function columnKey(field: DescribedField): string {
  return `${field.tableID},${field.columnID}`;
}
