/** Tables and columns as items of a completion. */
import { counted } from '../../base/counted.ts';
import { quoteIdentifier, quoteQualified } from '../../schema/identifier.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { type CompletionItem, tableSubject } from './completion-item.ts';

/** How names are written where they are put in. */
export type Written = (text: string) => string;

export function tableItem(table: Table, order: string, written: Written): CompletionItem {
  const { schema, name, columns } = table;
  const qualified = schema === null ? name : `${schema}.${name}`;
  return {
    label: qualified,
    kind: 'table',
    detail: '',
    from: counted(columns.length, 'column'),
    insert: written(quoteQualified(schema, name)),
    order,
    subject: tableSubject(table),
  };
}

export interface KnownColumn {
  readonly table: Table;
  readonly column: Column;
}

interface ColumnContext {
  /** What gives the column, where that is no table. */
  readonly from: string;
  readonly order: string;
  /** What names the relation in the query, where the column's own name would not do. */
  readonly qualifier?: string | undefined;
  readonly written: Written;
}

/** `known` is null for a column that a subquery makes: it has a name, and no type that is known. */
export function columnItem(
  name: string,
  known: KnownColumn | null,
  { from, order, qualifier, written }: ColumnContext,
): CompletionItem {
  const isQualified = qualifier !== undefined && qualifier !== '';
  return {
    label: isQualified ? `${qualifier}.${name}` : name,
    kind: 'column',
    detail: known ? columnDetail(known.column) : '',
    from: known?.table.name ?? from,
    insert: written(isQualified ? quoteQualified(qualifier, name) : quoteIdentifier(name)),
    ...(isQualified ? { filter: name } : {}),
    order,
    subject: known && tableSubject(known.table),
  };
}

/** What a column is made with, rather than what it holds. */
const serial = /^(BIG|SMALL)?SERIAL$/;

function serialType(_: string, size: string | undefined): string {
  return size === undefined ? 'INTEGER' : `${size}INT`;
}

/** Too long for a line of a list; PostgreSQL's own short name says the same. */
const timestamp = /\bTIMESTAMP(\(\d\))? (WITH|WITHOUT) TIME ZONE\b/;

function shortTimestamp(_: string, precision = '', zone = ''): string {
  return `${zone === 'WITH' ? 'TIMESTAMPTZ' : 'TIMESTAMP'}${precision}`;
}

export function columnDetail({ type, nullable, unread }: Column): string {
  const isUnread = unread?.includes('type') === true;
  const shown = isUnread
    ? 'unknown type'
    : type.replace(serial, serialType).replace(timestamp, shortTimestamp);
  return `${shown} ${nullable ? 'NULL' : 'NOT NULL'}`;
}
