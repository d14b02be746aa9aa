/**
 * Names and literals as PostgreSQL writes them. A name is quoted only where it must be, as SQLAlchemy's identifier
 * preparer does, so that rendered SQL reads like SQLAlchemy's own.
 */

/**
 * The words that PostgreSQL 18 reserves (keyword classes R and T of its `kwlist.h`) and those that SQLAlchemy's
 * PostgreSQL dialect quotes besides (`new`, `off`, `old`, `over`, `between`, …).
 */
const reservedWords: ReadonlySet<string> = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between binary both case cast check collate
  collation column concurrently constraint create cross current_catalog current_date current_role current_schema
  current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for
  foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral leading
  left like limit localtime localtimestamp natural new not notnull null of off offset old on only or order outer over
  overlaps placing primary references returning right select session_user similar some symmetric system_user table
  tablesample then to trailing true union unique user using variadic verbose when where window with`.split(
    /\s+/,
  ),
);

const plainName = /^[a-z_][a-z0-9_$]*$/;

/** Quotes one name where PostgreSQL would otherwise fold or refuse it. NUL characters cannot be in a name and are dropped. */
export function quoteIdentifier(name: string): string {
  if (plainName.test(name) && !reservedWords.has(name)) return name;
  return `"${name.replaceAll('\0', '').replaceAll('"', '""')}"`;
}

/** `schema.name`, or the name alone where the schema is the search path's first. */
export function quoteQualified(schema: string | null, name: string): string {
  return schema === null ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

/** A string literal that reads the same whatever `standard_conforming_strings` says. */
export function quoteLiteral(value: string): string {
  const quoted = `'${value.replaceAll('\0', '').replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return value.includes('\\') ? `E${quoted}` : quoted;
}
