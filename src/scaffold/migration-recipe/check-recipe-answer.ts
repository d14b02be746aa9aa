/** Why an answer about a change of the schema cannot be taken, as it is typed: held against what the revisions build. */
import { nearestName } from '../../base/suggest.ts';
import type { Column, DatabaseSchema, Table } from '../../schema/schema.ts';
import { textAnswer } from '../answers.ts';
import { checkColumnName } from '../model/check-names.ts';
import type { Answers } from '../scaffold.ts';
import { columnNames, indexName, tableOf } from './recipe.ts';

/** PostgreSQL's parser, as far as it is needed here. */
export type ReadSql = (
  kind: 'expression' | 'type',
  text: string,
) =>
  | { readonly kind: 'read'; readonly columns: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };

export interface RecipeAnswer {
  readonly question: string;
  readonly value: string;
  /** Answers so far. */
  readonly answers: Answers;
  /** What the revisions so far build. */
  readonly schema: DatabaseSchema;
  readonly readSql: ReadSql;
}

/** Null where the answer is good. */
export function checkRecipeAnswer({
  question,
  value,
  answers,
  schema,
  readSql,
}: RecipeAnswer): string | null {
  const table = tableOf({ answers, schema });
  if (typeof table === 'string') return question === 'table' ? `${table}.` : null;
  switch (question) {
    case 'column':
      return answers.content === 'add-column'
        ? checkNewColumn(value, table)
        : checkKnownColumn(value, table, answers.content);
    case 'newName':
      return value === textAnswer(answers, 'column')
        ? 'That is its name already. Choose another one.'
        : checkNewColumn(value, table);
    case 'type':
      return problemOf(readSql('type', value));
    case 'value':
    case 'default':
      return checkExpression(question, value, table, readSql);
    case 'columns':
      return checkIndexed(columnNames(value), table, schema);
    default:
      return null;
  }
}

function checkNewColumn(name: string, table: Table): string | null {
  return table.columns.some(column => column.name === name)
    ? `${table.name} has a column ${name} already. Choose another name.`
    : checkColumnName(name);
}

function checkKnownColumn(name: string, table: Table, content: unknown): string | null {
  const column = table.columns.find(each => each.name === name);
  if (column === undefined) return unknownColumn(name, table);
  const isMade = column.identity !== null || column.computed !== null;
  if (content === 'data')
    return column.nullable && !isMade
      ? null
      : `${name} is ${isMade ? 'made by the database' : 'never NULL'}: there is nothing to fill.`;
  return isMade || isKey(column, table)
    ? `${name} ${isMade ? 'is made by the database' : 'is the primary key'}, and cannot be kept twice.`
    : null;
}

function isKey({ name }: Column, { primaryKey }: Table): boolean {
  return primaryKey?.columns.includes(name) ?? false;
}

function unknownColumn(name: string, { name: table, columns }: Table): string {
  const names = columns.map(column => column.name);
  const near = nearestName(name, names);
  const hint = near === undefined ? `It has ${names.join(', ')}` : `Did you mean ${near}?`;
  return `${table} has no column ${name}. ${hint}${hint.endsWith('?') ? '' : '.'}`;
}

/** A default cannot name a column. */
function checkExpression(
  question: 'value' | 'default',
  text: string,
  table: Table,
  readSql: ReadSql,
): string | null {
  const read = readSql('expression', text);
  if (read.kind === 'failed') return problemOf(read);
  const [first] = read.columns;
  if (question === 'default' && first !== undefined)
    return `A default cannot name a column, and ${first} is one. Text stands in quotes: '${first}'.`;
  const unknown = read.columns.find(name => !table.columns.some(column => column.name === name));
  return unknown === undefined
    ? null
    : `${unknownColumn(unknown, table)} Text stands in quotes: '${unknown}'.`;
}

function problemOf(read: ReturnType<ReadSql>): string | null {
  return read.kind === 'read' ? null : `PostgreSQL cannot read it: ${read.message}.`;
}

function checkIndexed(names: readonly string[], table: Table, schema: DatabaseSchema): string | null {
  const unknown = names.find(name => !table.columns.some(column => column.name === name));
  if (unknown !== undefined) return unknownColumn(unknown, table);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `${twice} is named twice.`;
  const name = indexName(table, names);
  // The names of indexes are those of a schema, not of a table.
  const clash = schema.tables.some(
    each => each.schema === table.schema && each.indexes.some(index => index.name === name),
  );
  return clash ? `There is an index ${name} already.` : null;
}
