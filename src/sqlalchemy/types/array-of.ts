/** The type of an array, which has of its elements' type what the table needs: enums to create, and a length left open. */
import { type SqlType, sqlType } from './sql-type.ts';

const DIMENSION_LIMIT = 6;

/** `inner` is null where the elements' type is not known. */
export function arrayOf(inner: SqlType | null, dimensions: number, text: string): SqlType {
  const brackets = '[]'.repeat(Math.min(dimensions, DIMENSION_LIMIT));
  const sql = inner?.sql ? inner.sql.replace(/((?: COLLATE.*)?)$/, `${brackets}$1`) : null;
  return {
    ...sqlType('ARRAY', sql, text),
    enum: inner?.enum ?? null,
    ...(inner?.unsized ? { unsized: `${inner.unsized}${brackets}` } : {}),
    ...(inner?.derivedLength ? { derivedLength: true } : {}),
    ...(inner?.unlistedEnum ? { unlistedEnum: inner.unlistedEnum } : {}),
  };
}
