/** A change of the schema that running code survives, as the revisions that make it, one after the other. */
import { quoteQualified } from '../../schema/identifier.ts';
import type { Column, DatabaseSchema, Table } from '../../schema/schema.ts';
import { isSameName } from '../../schema/schema-change.ts';
import { nameOfType } from '../../schema/type-key.ts';
import { textAnswer } from '../answers.ts';
import { stringLiteral } from '../migration/python-literal.ts';
import { type TypeContext, typeCode } from '../migration/type-code.ts';
import type { CodeStyle } from '../project-facts.ts';
import { type Code, layOut } from '../python-code/layout.ts';
import type { Answers } from '../scaffold.ts';

export interface RecipeRevision {
  readonly message: string;
  /** Lines of the functions, indented by four spaces. */
  readonly upgrade: readonly string[];
  readonly downgrade: readonly string[];
}

export type Recipe =
  | {
      readonly kind: 'revisions';
      readonly revisions: readonly RecipeRevision[];
      readonly notes: readonly string[];
    }
  | { readonly kind: 'failed'; readonly problem: string };

/** What recipes are made of. */
export interface RecipeRequest {
  readonly answers: Answers;
  readonly message: string;
  /** What the revisions so far build. */
  readonly schema: DatabaseSchema;
  readonly style: CodeStyle;
}

export function failed(problem: string): Recipe {
  return { kind: 'failed', problem };
}

/** The table that the answer names; a sentence where there is none. */
export function tableOf({ answers, schema }: Pick<RecipeRequest, 'answers' | 'schema'>): Table | string {
  const asked = textAnswer(answers, 'table');
  const name = nameOfType(asked);
  const found = name && schema.tables.find(table => isSameName(table, name));
  if (found) return found;
  const known = schema.tables.map(table => quoteQualified(table.schema, table.name));
  return `There is no table ${asked} in the migrations. There are: ${known.join(', ')}`;
}

/** The table that is asked for, with the column by which its rows are taken in batches; a sentence where there is none. */
export function batchedTableOf(
  request: RecipeRequest,
): { readonly table: Table; readonly key: Column } | string {
  const table = tableOf(request);
  if (typeof table === 'string') return table;
  const key = keyOf(table);
  return typeof key === 'string' ? key : { table, key };
}

/** The one column of the primary key; a sentence for a table that has none, or several. */
export function keyOf(table: Table): Column | string {
  const [name, ...more] = table.primaryKey?.columns ?? [];
  const key = table.columns.find(column => column.name === name);
  if (key && more.length === 0) return key;
  return `${table.name} has no primary key of one column, by which its rows could be taken in batches`;
}

/** The names of an answer that has commas between them. */
export function columnNames(text: string): readonly string[] {
  return text
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
}

/** PostgreSQL cuts names at 63 bytes. */
export function indexName({ name }: Table, columns: readonly string[]): string {
  return `ix_${[name, ...columns].join('_')}`.slice(0, 63);
}

export function typeContext({ schema, style }: RecipeRequest): TypeContext {
  return { style, schemas: [schema], unknown: () => undefined };
}

export function typeOf(type: string, request: RecipeRequest): Code {
  return typeCode(type, typeContext(request));
}

/** A statement of the function's body. */
export function line(code: Code, style: CodeStyle, indent = 4): readonly string[] {
  return layOut(code, indent, style);
}

/** A literal for `op.execute` and the like. */
export function text(sql: string, { style }: RecipeRequest): string {
  return stringLiteral(sql, style);
}

/** `schema=…` for a table outside of the search path's first schema. */
export function schemaOption({ schema }: Table, { style }: RecipeRequest): readonly string[] {
  return schema === null ? [] : [`schema=${stringLiteral(schema, style)}`];
}

export const autocommit = '    with op.get_context().autocommit_block():';
