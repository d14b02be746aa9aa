/** Tables and columns as items of a completion. */
import { quoteIdentifier } from '../../schema/identifier.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { type CompletionItem, orderOf } from './completion-item.ts';

/** How names are written where they are put in. */
export type Written = (text: string) => string;

export function tableItem(table: Table, order: string, written: Written): CompletionItem {
  const { schema, name, columns } = table;
  const qualified = schema === null ? name : `${schema}.${name}`;
  const quoted =
    schema === null ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
  return {
    label: qualified,
    kind: 'table',
    detail: '',
    from: columns.length === 1 ? '1 column' : `${columns.length} columns`,
    insert: written(quoted),
    order,
    subject: { kind: 'table', schema, name },
  };
}

export interface ColumnContext {
  readonly table: Table;
  readonly order: string;
  /** What names the table in the query, where the column's own name would not do. */
  readonly qualifier?: string | undefined;
  readonly written: Written;
}

export function columnItem(
  column: Column,
  { table, order, qualifier, written }: ColumnContext,
): CompletionItem {
  const { name } = column;
  const quoted = quoteIdentifier(name);
  const isQualified = qualifier !== undefined && qualifier !== '';
  return {
    label: isQualified ? `${qualifier}.${name}` : name,
    kind: 'column',
    detail: columnDetail(column),
    from: table.name,
    insert: written(isQualified ? `${quoteIdentifier(qualifier)}.${quoted}` : quoted),
    ...(isQualified ? { filter: name } : {}),
    order,
    subject: { kind: 'table', schema: table.schema, name: table.name },
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

/** In the order of the table. */
export function columnItems(table: Table, group: number, written: Written): readonly CompletionItem[] {
  return table.columns.map((column, index) =>
    columnItem(column, { table, order: orderOf(group, index), written }),
  );
}
