/**
 * A change of an enum's values. Values are added where they belong; to take one away, or to change the order, PostgreSQL
 * needs a new type that the columns move to.
 */
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../../schema/identifier.ts';
import type { AlterEnum } from '../../schema/schema-change.ts';
import { call } from '../python-code/layout.ts';
import { stringLiteral } from './python-literal.ts';
import type { Statement } from './statement.ts';
import type { TypeContext } from './type-code.ts';

export function alterEnumCode(change: AlterEnum, { style }: TypeContext): readonly Statement[] {
  const additions = addedValues(change);
  if (additions !== null) {
    return additions.map(sql => ({ code: call('op.execute', stringLiteral(sql, style)), autocommit: true }));
  }
  const removed = change.before.values.filter(value => !change.after.values.includes(value));
  const warning =
    removed.length === 0 ? {} : { comment: `Fails while a row still has ${removed.join(' or ')}.` };
  return replacement(change).map((sql, position) => ({
    code: call('op.execute', stringLiteral(sql, style)),
    ...(position === 0 ? warning : {}),
  }));
}

/** Null where adding values is not enough. A new value may be used only after the transaction that adds it. */
function addedValues({ before, after }: AlterEnum): readonly string[] | null {
  const kept = after.values.filter(value => before.values.includes(value));
  if (kept.join('\0') !== before.values.join('\0')) return null;
  const type = quoteQualified(after.schema, after.name);
  return after.values.flatMap((value, position) => {
    if (before.values.includes(value)) return [];
    const previous = after.values[position - 1];
    const next = after.values[position + 1];
    const place =
      next === undefined
        ? ''
        : previous === undefined
          ? ` BEFORE ${quoteLiteral(next)}`
          : ` AFTER ${quoteLiteral(previous)}`;
    return [`ALTER TYPE ${type} ADD VALUE IF NOT EXISTS ${quoteLiteral(value)}${place}`];
  });
}

function replacement({ before, after, columns }: AlterEnum): readonly string[] {
  const old = `${before.name}_before`;
  const type = quoteQualified(after.schema, after.name);
  const values = after.values.map(value => quoteLiteral(value)).join(', ');
  const moved = columns.flatMap(({ table, column }) => {
    const alter = `ALTER TABLE ${quoteQualified(table.schema, table.name)} ALTER COLUMN ${quoteIdentifier(column.name)}`;
    const brackets = /(?:\[\])+$/.exec(column.type)?.[0] ?? '';
    const name = quoteIdentifier(column.name);
    const through = `${name}::text${brackets}::${type}${brackets}`;
    return [
      ...(column.default === null ? [] : [`${alter} DROP DEFAULT`]),
      `${alter} TYPE ${type}${brackets} USING ${through}`,
      ...(column.default === null ? [] : [`${alter} SET DEFAULT ${column.default}`]),
    ];
  });
  return [
    `ALTER TYPE ${quoteQualified(before.schema, before.name)} RENAME TO ${quoteIdentifier(old)}`,
    `CREATE TYPE ${type} AS ENUM (${values})`,
    ...moved,
    `DROP TYPE ${quoteQualified(before.schema, old)}`,
  ];
}
