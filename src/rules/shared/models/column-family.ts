/** The family of a mapped column's type, where it is one of SQLAlchemy's own: others may convert what they are given. */
import type { Meaning } from '../../../sqlalchemy/meaning.ts';

export type ColumnFamily =
  | 'text'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'datetime'
  | 'date'
  | 'json'
  | 'jsonb'
  | 'array';

const families: readonly (readonly [RegExp, ColumnFamily])[] = [
  [/^(String|Text|Unicode|UnicodeText|VARCHAR|TEXT|CHAR|NVARCHAR)\b/, 'text'],
  [/^(Integer|BigInteger|SmallInteger|INTEGER|BIGINT|SMALLINT|SERIAL|BIGSERIAL)\b/, 'integer'],
  [/^(Numeric|Float|Double|NUMERIC|DECIMAL|FLOAT|REAL|DOUBLE|DOUBLE_PRECISION)\b/, 'number'],
  [/^(Boolean|BOOLEAN)\b/, 'boolean'],
  [/^(DateTime|TIMESTAMP|DATETIME)\b/, 'datetime'],
  [/^(Date|DATE)\b/, 'date'],
  [/^JSON\b/, 'json'],
  [/^JSONB\b/, 'jsonb'],
  [/^ARRAY\b|\[\]$/, 'array'],
];

/** Null for all that is no column, and for types of another make. */
export function columnFamily(meaning: Meaning): ColumnFamily | null {
  if (meaning.kind !== 'attribute' || meaning.attribute.kind !== 'column') return null;
  const { type, sqlType } = meaning.attribute;
  const own = familyOf(type ?? sqlType);
  const made = familyOf(sqlType);
  // A type of the project may bear the name of another one.
  const isNamesake = (own === 'json' && made === 'jsonb') || (own === 'jsonb' && made === 'json');
  return isNamesake ? null : own;
}

/** Of a type as PostgreSQL names it: `character varying`. */
export function sqlTypeFamily(type: string): ColumnFamily | null {
  return familyOf(
    type
      .replace(/^character varying\b/, 'varchar')
      .replace(/^character\b/, 'char')
      .toUpperCase(),
  );
}

function familyOf(type: string | null): ColumnFamily | null {
  const name = type?.replace(/^(?:[a-z_]\w*\.)+/, '');
  return (name && families.find(([pattern]) => pattern.test(name))?.[1]) || null;
}
