/** Rows of the catalog queries as columns, keys, constraints and indexes of a table. */
import type { Check, Column, ForeignKey, Index, Key, Table } from '../../schema/schema.ts';
import type { Row } from './live-connection.ts';

export function readColumn(row: Row): Column {
  const expression = textOrNull(row.expression);
  const type = String(row.type);
  const serial =
    row.identity === '' && row.own_sequence !== null && /^nextval\(/.test(expression ?? '')
      ? serialTypes[type]
      : undefined;
  const isGenerated = row.generated !== '';
  return {
    name: String(row.name),
    type: serial ?? type,
    nullable: row.nullable === true,
    default: serial !== undefined || isGenerated ? null : expression,
    identity: row.identity === 'a' ? 'always' : row.identity === 'd' ? 'by-default' : null,
    computed: isGenerated && expression !== null ? { expression, stored: row.generated === 's' } : null,
    comment: textOrNull(row.comment),
  };
}

const serialTypes: Readonly<Record<string, string>> = {
  smallint: 'SMALLSERIAL',
  integer: 'SERIAL',
  bigint: 'BIGSERIAL',
};

export function readTableParts(
  constraints: readonly Row[],
  indexes: readonly Row[],
): Pick<Table, 'primaryKey' | 'uniques' | 'foreignKeys' | 'checks' | 'indexes'> {
  const ofKind = (kind: string) => constraints.filter(row => row.kind === kind);
  return {
    primaryKey: ofKind('p').map(readKey)[0] ?? null,
    uniques: ofKind('u').map(readKey),
    foreignKeys: ofKind('f').map(readForeignKey),
    checks: ofKind('c').map((row): Check => ({ name: String(row.name), expression: String(row.expression) })),
    indexes: indexes.map(readIndex),
  };
}

function readKey(row: Row): Key {
  return { name: String(row.name), columns: strings(row.columns) };
}

/** Letters of `confdeltype`; NO ACTION is what there is without one. */
const actions: Readonly<Record<string, string>> = {
  r: 'RESTRICT',
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
};

function readForeignKey(row: Row): ForeignKey {
  return {
    ...readKey(row),
    targetSchema: textOrNull(row.target_schema),
    targetTable: String(row.target),
    targetColumns: strings(row.target_columns),
    onDelete: actions[String(row.on_delete)] ?? null,
    onUpdate: actions[String(row.on_update)] ?? null,
  };
}

function readIndex(row: Row): Index {
  return {
    name: String(row.name),
    elements: strings(row.elements),
    unique: row.unique === true,
    method: row.method === 'btree' ? null : String(row.method),
    where: textOrNull(row.where),
    include: strings(row.include),
  };
}

export function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
