/** An UPDATE of a whole table, and the same in batches that are committed one by one. */

import { findTable } from '../../../alembic/simulation/schema-change.ts';
import type { MigrationStep } from '../../../alembic/simulation/steps.ts';
import { quoteIdentifier, quoteQualified } from '../../../schema/identifier.ts';
import type { Table } from '../../../schema/schema.ts';
import type { ReportedFix, RevisionContext } from '../../rule.ts';
import { isNewTable } from './new-table.ts';
import { autocommitBlock, pythonString, replaceStatement, statementOf } from './revision-edits.ts';
import type { ActionSubject, RevisionSubject } from './revision-subject.ts';

/** True for an UPDATE that takes all rows, or all that are not filled yet, at once. */
export function isBackfill({ action, step, revision }: ActionSubject<'update'>): boolean {
  const text = step.statement?.sql ?? textOf(step);
  if (action.filtered && !/\bis\s+null\b|\.is_\(None\)/i.test(text)) return false;
  if (/\blimit\b|\.limit\(/i.test(text) || inBatches(step)) return false;
  return action.table === null ? !makesTables(revision) : !isNewTable(action.table, step, revision);
}

/** A loop whose rounds are committed by themselves. */
function inBatches({ operation }: MigrationStep): boolean {
  return operation.autocommit && !operation.certain;
}

function textOf({ operation }: MigrationStep): string {
  return operation.kind === 'execute-expression' ? operation.text : '';
}

/** Of which table an expression speaks is not known: one of this revision would be empty. */
function makesTables({ upgrade }: RevisionSubject): boolean {
  return upgrade.some(({ actions }) => actions.some(action => action.kind === 'create-table'));
}

/** Offered for SQL over a table with one integer key, without binds and without other tables. */
export function batchFix(
  { action, step }: ActionSubject<'update'>,
  { file }: RevisionContext,
): readonly ReportedFix[] {
  const statement = statementOf(step, file.module);
  const table = action.table ? findTable(step.before, action.table) : undefined;
  const key = table ? integerKey(table) : null;
  const sql = step.statement?.alone === true ? step.statement.sql : null;
  if (!statement || !table || key === null || sql === null || !/^import sqlalchemy as sa$/m.test(file.text))
    return [];
  const plain = /^\s*update\s+(?:only\s+)?[\w."]+\s+set\s+([^;]*)$/i.test(sql);
  if (!plain || /:|\bfrom\b|\breturning\b|%/i.test(sql)) return [];
  const [head = '', condition] = sql.trim().split(/\s+where\s+/i);
  const range = `${quoteIdentifier(key)} >= :first AND ${quoteIdentifier(key)} < :first + 10000`;
  const batch = `${head} WHERE ${condition === undefined ? '' : `(${condition}) AND `}${range}`;
  const last = `SELECT max(${quoteIdentifier(key)}) FROM ${quoteQualified(table.schema, table.name)}`;
  const lines = [
    autocommitBlock,
    '    connection = op.get_bind()',
    `    last = connection.scalar(sa.text(${pythonString(last)})) or 0`,
    '    for first in range(0, last + 1, 10000):',
    `        connection.execute(sa.text(${pythonString(batch)}), {"first": first})`,
  ];
  return [
    {
      title: 'Do it in batches that are committed one by one',
      edits: [replaceStatement(statement, lines, file.text)],
    },
  ];
}

function integerKey({ primaryKey, columns }: Table): string | null {
  const [name, ...rest] = primaryKey?.columns ?? [];
  const type = columns.find(column => column.name === name)?.type ?? '';
  return name !== undefined && rest.length === 0 && /^(?:small|big)?(?:int|serial)/i.test(type) ? name : null;
}
