/**
 * What stays the same of a statement however its values are sent: drivers put casts, names or literals in the place of
 * parameters. Two statements of one shape are most likely one. Pure.
 */

/** A cast behind a value, its digits already replaced: `?::VARCHAR(?)`, `?::TIMESTAMP WITH TIME ZONE[]`. */
const cast =
  /\?::(?:time(?:stamp)?(?:\(\?\))? with(?:out)? time zone|double precision|character varying|[\w."]+)(?:\(\?(?:, ?\?)*\))?(?:\[\])*/gi;

/** Lower case, one space between words, each value a `?`, each list of values one. */
export function statementShape(sql: string): string {
  return sql
    .replace(/\/\*.*?(\*\/|$)/gs, ' ')
    .replace(/--[^\n]*/g, ' ')
    .replace(/'(?:[^']|'')*'/g, '?')
    .replace(/\$\d+|%\(\w+\)s|%s|(?<![\w:]):\w+/g, '?')
    .replace(/(?<![\w."])\d+(?:\.\d+)?\b/g, '?')
    .replace(/\s+/g, ' ')
    .replace(cast, '?')
    .replace(/\( /g, '(')
    .replace(/ \)/g, ')')
    .replace(/\(\?(?:, ?\?)+\)/g, '(?)')
    .replace(/\(\?\)(?:, ?\(\?\))+/g, '(?)')
    .trim()
    .replace(/;$/, '')
    .toLowerCase();
}
