/** Identifiers in double quotes exactly where SQLAlchemy's PostgreSQL dialect puts them. */

/** The dialect's RESERVED_WORDS. */
const reserved = new Set(
  `
    all analyse analyze and any array as asc asymmetric authorization between binary both case cast
    check collate column constraint create cross current_catalog current_date current_role
    current_schema current_time current_timestamp current_user default deferrable desc distinct do
    else end except false fetch for foreign freeze from full grant group having ilike in initially
    inner intersect into is isnull join leading left like limit localtime localtimestamp natural new
    not notnull null of off offset old on only or order outer over overlaps placing primary
    references returning right select session_user similar some symmetric table then to trailing
    true union unique user using variadic verbose when where window with
  `
    .trim()
    .split(/\s+/),
);

export function quoted(name: string): string {
  return needsQuotes(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

function needsQuotes(name: string): boolean {
  return reserved.has(name.toLowerCase()) || !/^[a-z_][a-z0-9_$]*$/.test(name);
}

/** A string constant as `render_literal_value` prints it. */
export function stringLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
