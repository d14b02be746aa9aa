/** What PostgreSQL says of a statement's rows and parameters, for people. */
import type { ResultColumn } from '../../database/verdict.ts';
import type { Description } from './judge-statements.ts';

/** Columns and parameters that are listed at most. */
const listed = 12;

/** Said of the same columns before, by the parameters: most statements of a table say the same, and all of it is kept. */
const said = new WeakMap<readonly ResultColumn[], Map<string, string>>();

/** Markdown; empty where the statement gives no rows and takes no parameters. */
export function describedRows(description: Description): string {
  const { columns } = description;
  const text = markdownOf(description);
  const known = said.get(columns) ?? new Map<string, string>();
  said.set(columns, known);
  const same = known.get(text);
  if (same !== undefined) return same;
  known.set(text, text);
  return text;
}

function markdownOf({ form, columns, parameterTypes }: Description): string {
  const widened = /\b(?:left|right|full)\b(?:\s+outer)?\s+join\b/i.test(form.sql);
  const rows = columns.slice(0, listed).map(column => `\`${column.name} ${columnType(column, widened)}\``);
  const more = columns.length > listed ? [`and ${columns.length - listed} more`] : [];
  const parameters = form.parameters
    .slice(0, listed)
    .map(({ position, name }) => `\`${name} ${parameterTypes[position - 1] ?? 'unknown'}\``);
  return [
    columns.length === 0 ? '' : `**Rows** ${[...rows, ...more].join(', ')}`,
    parameters.length === 0 ? '' : `**Parameters** ${parameters.join(', ')}`,
  ]
    .filter(line => line !== '')
    .join('\n\n');
}

/** An outer join may make a column null that its table keeps from being so; of expressions nothing is known. */
function columnType({ type, source }: ResultColumn, widened: boolean): string {
  if (source === null) return type;
  return source.notNull && !widened ? `${type} NOT NULL` : `${type} NULL`;
}
