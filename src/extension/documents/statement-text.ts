/** The text of the read-only document that shows a statement's SQL. */
import type { StatementForm, StatementSql } from '../../protocol/statement-sql.ts';

/** `source` is the file as people know it: `app/orders.py`. */
export function statementText(source: string, statement: StatementSql): string {
  const head = `-- ${source}:${statement.line + 1}`;
  if (statement.unknown !== null) return `${head}\n-- No SQL: ${statement.unknown}\n`;
  return `${[head, ...statement.forms.map(formText)].join('\n\n')}\n`;
}

function formText(form: StatementForm): string {
  const condition = form.condition === null ? [] : [`-- ${form.condition}`];
  const sql = form.sql.trimEnd();
  const parameters = form.parameters.map(parameter => `-- ${parameter}`);
  return [...condition, sql.endsWith(';') ? sql : `${sql};`, ...parameters].join('\n');
}
