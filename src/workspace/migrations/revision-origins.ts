/** Which revision brought a table or a column into being, and where in its file. */

import type { Operation, TableName } from '../../alembic/directives/operation.ts';
import { rangeOf, type TextRange } from '../../base/range.ts';
import { stringValue } from '../../python/argument-at.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { sqlWords } from '../../sql/names/words.ts';
import type { WorkspaceSnapshot } from '../snapshot.ts';
import { belongsToMigrations } from './migration-files.ts';
import { revisionAt } from './revision-at.ts';

export interface RevisionOrigin {
  readonly path: string;
  /** The whole directive. */
  readonly range: TextRange;
  readonly nameRange: TextRange;
}

/**
 * The newest revision that makes the table or, with a name, its column. `path`: of a file that asks; where it is a revision,
 * its own environment counts, and what it does itself does not.
 */
export function revisionOrigin(
  workspace: WorkspaceSnapshot,
  path: string,
  table: TableName,
  column: string | null,
): RevisionOrigin | null {
  const isRevision = belongsToMigrations(workspace, path);
  for (const { graph } of workspace.environments) {
    if (isRevision && revisionAt(graph, path) === undefined) continue;
    for (const { revision } of graph.nodes.toReversed()) {
      if (revision.path === path) continue;
      const origin = originIn(workspace, revision.path, table, column);
      if (origin) return origin;
    }
  }
  return null;
}

function originIn(
  workspace: WorkspaceSnapshot,
  path: string,
  table: TableName,
  column: string | null,
): RevisionOrigin | null {
  const operations = workspace.operationsOf(path)?.upgrade ?? [];
  for (const operation of operations.toReversed()) {
    const nameRange = column === null ? madeTable(operation, table) : madeColumn(operation, table, column);
    if (nameRange) return { path, range: { start: operation.start, end: operation.end }, nameRange };
  }
  return null;
}

function madeTable(operation: Operation, table: TableName): TextRange | null {
  switch (operation.kind) {
    case 'create-table':
      return isSame(operation.table, table) ? nameIn(operation.call, table.name) : null;
    case 'rename-table':
      return operation.newName === table.name ? nameIn(operation.call, table.name) : null;
    case 'execute-sql':
      return createsTable(operation.sql, table.name) ? operation.sqlRange : null;
    default:
      return null;
  }
}

function madeColumn(operation: Operation, table: TableName, column: string): TextRange | null {
  switch (operation.kind) {
    case 'create-table':
      return isSame(operation.table, table) && hasColumn(operation.definition.columns, column)
        ? nameIn(operation.call, column)
        : null;
    case 'add-column':
      return isSame(operation.table, table) && operation.column.name === column
        ? nameIn(operation.call, column)
        : null;
    case 'alter-column':
      return isSame(operation.table, table) && operation.changes.name === column
        ? nameIn(operation.call, column)
        : null;
    case 'execute-sql':
      return createsColumn(operation.sql, table.name, column) ? operation.sqlRange : null;
    default:
      return null;
  }
}

function hasColumn(columns: readonly { readonly name: string }[], column: string): boolean {
  return columns.some(({ name }) => name === column);
}

/** A name without a schema may be that of any. */
function isSame(one: TableName, other: TableName): boolean {
  return one.name === other.name && (one.schema === other.schema || other.schema === null);
}

/** The literal that says the name, else the call. */
function nameIn(call: Call, name: string): TextRange {
  for (const value of valuesIn(call)) if (stringValue(value) === name) return rangeOf(value);
  return rangeOf(call);
}

/** Arguments, and those of calls among them: `Column("name", …)`. */
function valuesIn(call: Call): readonly Expression[] {
  return call.arguments.flatMap(({ value }) =>
    value.kind === 'call' ? [value.arguments[0]?.value ?? value] : [value],
  );
}

/** By the words of the SQL: `CREATE TABLE name`. */
function createsTable(sql: string, name: string): boolean {
  return isNamedBehind(wordsOf(sql), ['create', 'table'], name);
}

function createsColumn(sql: string, table: string, column: string): boolean {
  const words = wordsOf(sql);
  if (isNamedBehind(words, ['create', 'table'], table)) return words.includes(column);
  return isNamedBehind(words, ['alter', 'table'], table) && isNamedBehind(words, ['add'], column);
}

const fillers = new Set(['if', 'not', 'exists', 'only', 'column', 'temporary', 'temp', 'unlogged', '.']);

function wordsOf(sql: string): readonly string[] {
  const words = sqlWords(sql).filter(({ kind }) => kind === 'name' || kind === 'quoted' || kind === 'symbol');
  return words.map(({ text }) => text).filter(text => !fillers.has(text));
}

/** Whether the words come one after the other, and the name as the next or, behind a schema, the one after that. */
function isNamedBehind(words: readonly string[], before: readonly string[], name: string): boolean {
  return words.some(
    (word, index) =>
      word === before.at(-1) &&
      before.every((each, place) => words[index - before.length + 1 + place] === each) &&
      (words[index + 1] === name || (words[index + 2] === name && before.length > 1)),
  );
}
