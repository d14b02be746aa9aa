/** Errors that may come of a parameter's type, which is not known here and which the value may have all the same. */
import type { SqlQuestion } from '../../database/judge.ts';
import type { RenderedStatement } from '../../sqlalchemy/statement.ts';

interface TypeError {
  readonly sqlstate: string;
  readonly message: string;
  /** Offset into the SQL. */
  readonly position: number | null;
}

/**
 * A parameter without a type is taken for what stands beside it, or for a text, and its value need be neither. `sent`: the
 * types that are asked with, which are fewer than are known where a driver puts values into the text.
 */
export function dependsOnUntyped(
  { sql, parameters }: RenderedStatement,
  sent: SqlQuestion['parameterTypes'],
  error: TypeError,
): boolean {
  const untyped = parameters.filter(({ position }) => (sent[position - 1] ?? null) === null);
  if (untyped.length === 0) return false;
  const { sqlstate, message, position } = error;
  if (sqlstate === '42804') return /\btext\b/.test(message);
  if (sqlstate !== '42883' || !message.startsWith('operator')) return false;
  if (position === null || /\b(?:text|unknown)\b/.test(message)) return true;
  const operands = comparisonAround(sql, position);
  return untyped.some(each => new RegExp(`\\$${each.position}\\b`).test(operands));
}

const boundary = /^(?:and|or|on|using|where|having|when|then|else|select|from|join|order|group|limit)\b/i;

/** What stands on both sides of an operator, up to the next word or parenthesis that ends a condition. */
function comparisonAround(sql: string, position: number): string {
  let start = position;
  for (let depth = 0; start > 0; start--) {
    const before = sql[start - 1] ?? '';
    if (before === ')') depth++;
    else if (before === '(' && depth-- === 0) break;
    if (depth === 0 && (before === ',' || (/\W/.test(before) && boundary.test(sql.slice(start, start + 8)))))
      break;
  }
  let end = position;
  for (let depth = 0; end < sql.length; end++) {
    const next = sql[end] ?? '';
    if (next === '(') depth++;
    else if (next === ')' && depth-- === 0) break;
    const starts = depth === 0 && /\W/.test(sql[end - 1] ?? ' ');
    if (depth === 0 && (next === ',' || (starts && boundary.test(sql.slice(end, end + 8))))) break;
  }
  return sql.slice(start, end);
}
